import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether files are those of the last build, and what they are made of is so too. */
export class State {
  #root;
  #file;
  #inputs;
  #outputs;

  /**
   * @param root the folder of the project
   * @param file where the state is kept
   * @param inputs files and folders whose content decides
   * @param outputs files and folders that nobody has written to since
   */
  constructor(root, file, inputs, outputs) {
    this.#root = root;
    this.#file = join(root, file);
    this.#inputs = inputs;
    this.#outputs = outputs;
  }

  get isUpToDate() {
    return existsSync(this.#file) && readFileSync(this.#file, 'utf8') === this.#now();
  }

  /** Notes what is there now as built. */
  save() {
    writeFileSync(this.#file, this.#now());
  }

  #now() {
    const hash = createHash('sha256');
    const filesOf = (names) => names.flatMap((name) => filesIn(this.#root, name));
    for (const file of filesOf(this.#inputs)) hash.update(`${file}\0`).update(readFileSync(join(this.#root, file)));
    for (const file of filesOf(this.#outputs)) {
      const { size, mtimeMs } = statSync(join(this.#root, file));
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
    return hash.digest('hex');
  }
}

/** The files of a folder in a fixed order; of a file, itself. */
function filesIn(root, name) {
  const path = join(root, name);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [name];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
