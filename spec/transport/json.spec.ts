import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { parseJson } from '../../lib/transport/json.js';
import { json, type Listening, serve } from '../support/http-server.js';

describe('JSON of the store', () => {
  let server: Listening | undefined;
  afterEach(async () => server?.close());

  /** What a session reads where a server answers with these bytes. */
  async function read(text: string): Promise<unknown> {
    server = await serve((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text));
    try {
      return (await server.session({ retry: false }).get('/x')).body;
    } finally {
      await server.close();
    }
  }

  it('is read as JSON.parse reads it, whatever the number', async () => {
    const numbers = [
      '0.30000000000000004',
      '0.10000000000000001',
      '1.9999999999999998',
      '12345678901234567.5',
      '1234567890123456789e3',
      '1234567890123456789E+3',
      '12345678901234567E-2',
      '0.0000000000000000000001234567890123456789',
      '1e-00000000000000000001',
      '-0',
      '-0.0',
      '1e21',
      '1E400',
      '9007199254740991',
      '-9007199254740991',
      '0',
    ];
    for (const number of numbers)
      for (const text of [number, `[${number}]`, `{"a":${number},"b":[ ${number} , ${number}\n]}`])
        expect(await read(text), text).to.deep.equal(JSON.parse(text));
    expect(Object.is(await read('-0'), -0)).to.equal(true);
  });

  it('keeps the digits of integers that a double cannot hold', async () => {
    expect(
      await read(
        '{"id":9007199254740993,"n":-9007199254740993,"list":[1234567890123456789 ,\n 12345678901234567890],"end": 9007199254740992 }',
      ),
    ).to.deep.equal({
      id: '9007199254740993',
      n: '-9007199254740993',
      list: ['1234567890123456789', '12345678901234567890'],
      end: '9007199254740992',
    });
    expect(await read(' 12345678901234567890 ')).to.equal('12345678901234567890');
  });

  it('leaves digits in strings and in names alone', async () => {
    const body = {
      sku: '1234567890123456789',
      text: 'a, 1234567890123456789, b: [1234567890123456789]',
      quoted: 'say "x", 1234567890123456789',
      slashed: 'ends in \\',
      after: ', 1234567890123456789,',
      '1234567890123456789': 1,
    };
    expect(await read(JSON.stringify(body))).to.deep.equal(body);
    const text = `{"id":9007199254740993,${JSON.stringify(body).slice(1)}`;
    expect(await read(text)).to.deep.equal({ id: '9007199254740993', ...body });
  });

  it('accepts no text that JSON.parse refuses', () => {
    const wrong = [
      '01234567890123456789',
      '-01234567890123456789',
      '{"a":1,12345678901234567890:2}',
      '{"a":1, 12345678901234567890 :2}',
      '{12345678901234567890:1}',
      '[1 12345678901234567890]',
      '+12345678901234567890',
      '--12345678901234567890',
      '12345678901234567890x',
      '[12345678901234567890',
      '"12345678901234567890',
      '[12345678901234567890,]',
      '.12345678901234567890',
      '12345678901234567890.',
    ];
    for (const text of wrong) {
      expect(() => JSON.parse(text), text).to.throw(SyntaxError);
      expect(() => parseJson(text), text).to.throw(SyntaxError);
    }
  });

  it('drops keys that would set a prototype, however they are written', async () => {
    for (const key of ['__proto__', '\\u005f_proto__', '__\\u0070ro\\u0074o__', '\\u005F\\u005Fproto__']) {
      const body = (await read(`{"a":{"${key}":{"polluted":1},"é":"\\u00e9","b":2}}`)) as { a: object };
      expect(Object.getOwnPropertyNames(body.a), key).to.deep.equal(['é', 'b']);
      expect(Object.getPrototypeOf(body.a), key).to.equal(Object.prototype);
    }
    expect(await read('{"text":"of __proto__ and __prototypes"}')).to.deep.equal({ text: 'of __proto__ and __prototypes' });
  });

  it('is read with a string of 20 MB beside a long id', () => {
    const text = 'x\\"1234567890123456789, '.repeat(870_000);
    const body = parseJson(`{"id":9007199254740993,"t":"${text}","after":9007199254740995}`) as Record<string, string>;
    expect([body['id'], body['after']]).to.deep.equal(['9007199254740993', '9007199254740995']);
    expect(body['t']).to.have.lengthOf(23 * 870_000);
  });

  it('takes time that grows with its length, malformed or not', function () {
    this.timeout(60_000);
    const texts: Readonly<Record<string, (size: number) => string>> = {
      'digits in an open string': (size) => `{"a":"${'1'.repeat(size)}`,
      'escaped quotes in an open string': (size) => `{"id":9007199254740993,"a":"${'\\"'.repeat(size / 2)}`,
      'backslashes in an open string': (size) => `["${'\\'.repeat(size + 1)}",9007199254740993`,
      'quotes only': (size) => `${'"'.repeat(size)},9007199254740993`,
      'long numbers in an open string': (size) => `["${',1234567890123456789'.repeat(size / 20)}`,
      'long numbers in an open list': (size) => `[${'1234567890123456789,'.repeat(size / 20)}`,
      'spaces around long numbers': (size) => `[${`1234567890123456789${' '.repeat(size / 2)},${' '.repeat(size / 2)}1234567890123456789`}`,
      'minus signs': (size) => `[${'-'.repeat(size)}1234567890123456789`,
    };
    const least = (text: string): number => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const begun = performance.now();
        expect(() => parseJson(text)).to.throw(SyntaxError);
        best = Math.min(best, performance.now() - begun);
      }
      return best;
    };
    for (const [name, make] of Object.entries(texts)) {
      const one = least(make(150_000));
      const four = least(make(600_000));
      // What grew by the square took 16 seconds for the first, and sixteen times that for the other. The rest is for a busy machine.
      expect(four, `${name}: ${one.toFixed(1)} ms, then ${four.toFixed(1)} ms`).to.be.below(8 * one + 500);
    }
  });

  it('makes a page readable that holds a price of 0.1 + 0.2, and a save that is answered with one', async () => {
    server = await serve((request, response) =>
      json(response, request.method === 'GET' ? { data: [{ id: 1, price: 0.1 + 0.2 }], meta: {} } : { data: { id: 1, price: 0.1 + 0.2 } }),
    );
    const session = server.session();
    const [product] = await Product.using(session).all();
    expect(product?.price).to.equal(0.30000000000000004);
    await product?.update({ name: 'x' });
    expect(product?.isDirty).to.equal(false);
    expect((await Product.using(session).create({ name: 'y', price: 1 } as never)).price).to.equal(0.30000000000000004);
  });

  it('may be nested as deeply as JSON.parse reads it, with a key that is dropped as well', () => {
    const depth = 20_000;
    const text = `{"__proto__":{"a":1},"b":{"__proto__":2,"c":12345678901234567890},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { deep, ...rest } = parseJson(text) as Record<string, unknown>;
    expect(rest).to.deep.equal({ b: { c: '12345678901234567890' } });
    expect(Array.isArray(deep)).to.equal(true);
  });
});
