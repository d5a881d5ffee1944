/** Writes all forms of placeholders as `{name}`: `{{ORDER_ID}}`, `{order_id}`, `:order_id`, `ORDER_ID`, `<order_id>`. */
export function placeholder(path) {
  return path
    .replace(/\{\{?\s*([\w.-]+)\s*\}\}?/g, (_, name) => `{${nameOf(name)}}`)
    .replace(/<([\w.-]+)>/g, (_, name) => `{${nameOf(name)}}`)
    .replace(/(?<=\/):([a-z]\w*)/g, (_, name) => `{${nameOf(name)}}`)
    .replace(/(?<=\/|,|^)([A-Z]+(?:_[A-Z]+)*_ID|ID)(?=\/|,|$)/g, (_, name) => `{${nameOf(name)}}`);
}

const nameOf = (name) => name.toLowerCase().replace(/[.-]/g, '_');
