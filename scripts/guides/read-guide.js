import { hintFor } from './hints.js';
import { parseLenient } from './lenient-json.js';
import { LEFT_OUT, OPERATIONS_OF_PAGES } from './pages.js';
import { readBlocks } from './read-blocks.js';
import { operationIn, readCurl, readRequests, targetOf } from './read-request.js';

const RESPONSE = /respon[sd]|returns?\b|returned|result/i;
const REQUEST = /request|body|payload|send|creat|updat|\bPUT\b|\bPOST\b/i;

/**
 * Reads the worked requests and responses of a guide.
 *
 * @returns samples: { file, line, method, version, path, query, body, response, isPartial }; skipped: { file, line, reason }
 */
export function readGuide(file, text) {
  const page = OPERATIONS_OF_PAGES.find((each) => file.startsWith(each.file))?.operation;
  const guide = new Guide(file, page);
  for (const part of readBlocks(text)) guide.take(part);
  return guide.finish();
}

class Guide {
  #samples = [];
  #skipped = [];
  #file;
  /** The operation that the text named last: { method, target, level of the heading above it }. */
  #stated;
  /** The sample that a response would belong to. */
  #current;
  #level = 0;
  #prose = '';
  #page;

  constructor(file, page) {
    this.#file = file;
    this.#page = page;
    this.#stated = page;
  }

  take(part) {
    if (part.kind === 'heading') this.#heading(part);
    else if (part.kind === 'prose') this.#sentence(part);
    else this.#block(part);
  }

  finish() {
    const isUseful = ({ body, response, method, isStated }) =>
      body !== undefined || response !== undefined || (!isStated && method !== undefined);
    return { samples: this.#samples.filter(isUseful).map(({ isStated: _, ...sample }) => sample), skipped: this.#skipped };
  }

  #heading({ level, text }) {
    if (this.#stated !== this.#page && level <= this.#level) {
      this.#stated = this.#page;
      this.#current = undefined;
    }
    this.#level = this.#stated === this.#page ? level : this.#level;
    this.#prose = text;
  }

  #sentence({ text }) {
    // The panes of a tab group have a request and its response.
    if (/^<\/?Tab|^<\/?div/.test(text)) return;
    this.#prose = text;
    const stated = operationIn(text);
    if (stated === undefined) return;
    this.#stated = stated;
    this.#current = undefined;
  }

  #block(block) {
    const requests = /^(?:http|bash|shell|sh|curl|)$/.test(block.language) ? [...readRequests(block.text), ...readCurl(block.text)] : [];
    if (requests.length > 0) for (const each of requests) this.#request(block, each);
    else if (
      /^(?:json|js|javascript|http|)$/.test(block.language) &&
      /^\s*(?:\/\/[^\n]*\s*|#[^\n]*\s*|HTTP[^\n]*\s*)*[[{]/.test(block.text)
    )
      this.#json(block);
    this.#prose = '';
  }

  #request(block, { method, target, body }) {
    this.#current = undefined;
    this.#stated = { method, target };
    const reason = this.#reason(block, target);
    if (reason !== undefined) return this.#skip(block, reason);
    const sample = this.#start(block, { method, target });
    if (sample === undefined) return;
    // What follows a GET is what it returns.
    const isAnswer = method === 'GET' || /^example response/i.test(block.title);
    if (body !== '') this.#put(sample, block, body, isAnswer ? 'response' : 'body');
  }

  #json(block) {
    const hint = hintFor(this.#file, block);
    if (hint?.as === 'none') return this.#skip(block, hint.reason);
    const titled = operationIn(hint?.of ?? block.title);
    const reason = hint === undefined ? this.#reason(block, (titled ?? this.#stated)?.target ?? '') : undefined;
    if (reason !== undefined) return this.#skip(block, reason);
    if (titled !== undefined) this.#name(titled, block.title);
    if (this.#stated === undefined) return this.#skip(block, 'no operation is named');
    const isRequest = hint === undefined ? this.#isRequest(block, titled) : hint.as === 'body';
    if (isRequest === undefined) return this.#skip(block, 'neither a request nor a response');
    const sample = this.#sampleFor(block, isRequest);
    if (sample !== undefined) this.#put(sample, block, block.text.replace(/^\s*HTTP[^\n]*\n/, ''), isRequest ? 'body' : 'response');
  }

  /** A title that names an operation starts a new sample, unless it says that this is the response to the last one. */
  #name(operation, title) {
    this.#stated = operation;
    if (!/^response/i.test(title)) this.#current = undefined;
  }

  /** The sample that a body or a response belongs to. */
  #sampleFor(block, isRequest) {
    const current = this.#current;
    const isOpen =
      current !== undefined &&
      current.response === undefined &&
      !(isRequest && (current.body !== undefined || current.method === 'DELETE'));
    return isOpen ? current : this.#start(block, this.#stated, true);
  }

  /** Whether a sample without a request line is a body; undefined if the text does not tell. */
  #isRequest({ title }, titled) {
    const { method } = this.#stated;
    if (method === 'GET' || RESPONSE.test(titled === undefined ? title : title.split(' ')[0])) return false;
    if (titled !== undefined) return true;
    if (REQUEST.test(title)) return true;
    if (this.#current !== undefined && this.#current.response === undefined && this.#current.body !== undefined) return false;
    if (RESPONSE.test(this.#prose)) return false;
    if (method === 'DELETE') return false;
    return REQUEST.test(this.#prose) || this.#prose === '' ? true : undefined;
  }

  #start({ line }, { method, target }, isStated = false) {
    const found = targetOf(target);
    if (found === undefined) {
      this.#skip({ line }, `not a path of the store management API`);
      return undefined;
    }
    const { query, ...path } = found;
    const sample = { file: this.#file, line, method, ...path, ...(Object.keys(query).length === 0 ? {} : { query }), isStated };
    this.#current = sample;
    this.#samples.push(sample);
    return sample;
  }

  #put(sample, block, text, part) {
    try {
      const { value, isPartial } = parseLenient(text);
      sample[part] = value;
      if (isPartial) sample.partial = [...(sample.partial ?? []), part];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#skip(block, /only an ellipsis/.test(error.message) ? 'only an ellipsis' : `not readable: ${error.message}`);
    }
  }

  #reason({ text, title }, target) {
    const isOurs = targetOf(target) !== undefined;
    const fits = ({ target: t, text: x, title: i, file: f }) =>
      (t === undefined || t.test(target)) &&
      (x === undefined || x.test(text)) &&
      (i === undefined || i.test(title)) &&
      (f === undefined || f.test(this.#file));
    // What a guide is about on the whole says nothing about a request to the store management API in it.
    return LEFT_OUT.find(
      (rule) => fits(rule) && !(isOurs && rule.target === undefined && rule.text === undefined && rule.title === undefined),
    )?.reason;
  }

  #skip({ line, title = '' }, reason) {
    this.#skipped.push({ file: this.#file, line, title, reason });
  }
}
