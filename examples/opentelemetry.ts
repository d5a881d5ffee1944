/** Traces with OpenTelemetry: a span around each request, repetitions and waits included, with what happened to it as events. */
import { subscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';

// A program has its own exporter (OTLP, console, …); this one keeps the spans, so that they can be shown here.
const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const tracer = trace.getTracer('bigrecord');

const sandbox = await Sandbox.start();
const session = Session.configure({ ...sandbox.credentials, retry: { baseMs: 20 } });

session.use((request, next) =>
  tracer.startActiveSpan(`${request.method} ${request.path.replace(/\/\d+/g, '/{id}')}`, { kind: SpanKind.CLIENT }, async (span) => {
    span.setAttributes({ 'http.request.method': request.method, 'url.path': request.path });
    try {
      const answer = await next(request);
      span.setAttribute('http.response.status_code', answer.status);
      if (answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return answer;
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }),
);
// Events are told in the context of their request, so the active span is its own, however many are under way.
session.on('retry', ({ reason, waitMs }) => trace.getActiveSpan()?.addEvent('retry', { reason, waitMs }));
session.on('throttle', ({ reason, waitMs }) => trace.getActiveSpan()?.addEvent('throttle', { reason, waitMs }));

// Without a session at hand: the same events of all sessions of the process are on diagnostics channels with stable names.
let answers = 0;
subscribe('bigrecord:response', () => answers++);

sandbox.fail({ status: 503, method: 'PUT' });
await Promise.all([Product.update(1, { name: 'Bowl' }), Product.where({ is_visible: true }).count()]);
await Product.find(9999).catch(() => {});

for (const { name, attributes, events } of exporter.getFinishedSpans())
  console.log(
    name,
    attributes['http.response.status_code'],
    events.map((event) => `${event.name}: ${event.attributes?.['reason']}`).join() || '-',
  );
console.log(`${answers} answers on bigrecord:response`);

await session.close();
await sandbox.stop();
