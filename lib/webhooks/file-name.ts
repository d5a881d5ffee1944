import { formatOwner, type Owner, parseOwner } from './owner.js';

/** What the name of an event's file says: `id.attempts@owner.json`, the middle parts only where there is something to say. */
export interface FileName {
  readonly id: string;
  readonly attempts: number;
  readonly owner?: Owner | undefined;
}

const NAME = /^(?<id>[\w-]{1,100})(?:\.(?<attempts>\d{1,9}))?(?:@(?<owner>[\w-]{1,100}))?\.json$/;
const OUR_ID = /^[0-9a-z]{9}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether an id is of the form that a `DiskQueue` makes: a file of such a name belongs to the queue, whatever it holds. */
export const isOurId = (id: string): boolean => OUR_ID.test(id);

export const formatName = ({ id, attempts, owner }: FileName): string =>
  `${id}${attempts > 0 ? `.${attempts}` : ''}${owner === undefined ? '' : `@${formatOwner(owner)}`}.json`;

/** The parts of a file's name; `undefined` if it is not the name of an event. */
export function parseName(name: string): FileName | undefined {
  const { id, attempts = '0', owner: ownerText } = NAME.exec(name)?.groups ?? {};
  const owner = ownerText === undefined ? undefined : parseOwner(ownerText);
  if (id === undefined || (ownerText !== undefined && owner === undefined)) return undefined;
  return { id, attempts: Number(attempts), owner };
}
