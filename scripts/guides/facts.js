const WORD = /^[\p{L}'’,.!?:;()"-]{2,}$/u;

/**
 * Returns a sample with its facts only: texts that somebody wrote, such as descriptions, templates and tokens, become `Text 1`, `Text 2`
 * and so on. Names, dates, URLs and other values that the API tells apart stay.
 */
export function factsOf(sample) {
  const texts = new Map();
  return clean(sample);

  function clean(value) {
    if (typeof value === 'string') return isProse(value) ? stand(value) : value;
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clean(each)]));
  }

  function stand(text) {
    if (!texts.has(text)) texts.set(text, `Text ${texts.size + 1}`);
    return texts.get(text);
  }
}

function isProse(text) {
  if (/^(?:https?:\/\/|\/)\S*$/.test(text)) return false;
  if (/eyJ/.test(text)) return true;
  if (/<\/?\w+[^>]*>|\{\{[#/]/.test(text) || text.length > 120) return true;
  return text.split(/\s+/).filter((word) => WORD.test(word)).length >= 4;
}
