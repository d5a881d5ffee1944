/** Traces with OpenTelemetry: one span per request, including retries and waits, which become events of the span. */
import { subscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';

// Use your own exporter (OTLP, console, …); this one keeps the spans in memory, so that we can print them.
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
      const response = await next(request);
      span.setAttribute('http.response.status_code', response.status);
      if (response.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return response;
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }),
);
// Events are emitted in the async context of their request, so the active span is the right one even with concurrent requests.
session.on('retry', ({ reason, waitMs }) => trace.getActiveSpan()?.addEvent('retry', { reason, waitMs }));
session.on('throttle', ({ reason, waitMs }) => trace.getActiveSpan()?.addEvent('throttle', { reason, waitMs }));

// Without a session: diagnostics channels have the events of all sessions in the process.
let responses = 0;
subscribe('bigrecord:response', () => responses++);

sandbox.fail({ status: 503, method: 'PUT' });
await Promise.all([Product.update(1, { name: 'Bowl' }), Product.where({ is_visible: true }).count()]);
await Product.find(9999).catch(() => {});

for (const { name, attributes, events } of exporter.getFinishedSpans())
  console.log(
    name,
    attributes['http.response.status_code'],
    events.map((event) => `${event.name}: ${event.attributes?.['reason']}`).join() || '-',
  );
console.log(`${responses} responses on bigrecord:response`);

await session.close();
await sandbox.stop();
