// A process of its own, since the authorities that Node trusts are read at its start: tries every operation on an address.
import { NetworkError } from 'bigrecord';
import { OPERATIONS } from '../faults/matrix/operations.js';
import { sessionAt } from './http-server.js';

const [baseUrl = ''] = process.argv.slice(2);
const tried: Record<string, unknown> = {};
for (const operation of OPERATIONS) {
  const session = sessionAt(0, { baseUrl });
  tried[operation.name] = await operation.run(session).then(
    () => 'answered',
    (error: unknown) =>
      error instanceof NetworkError
        ? { name: error.name, code: error.code, sent: error.sent, attempts: error.attempts, message: error.message }
        : String(error),
  );
  await session.close();
}
console.log(JSON.stringify(tried));
