import { Counter, Gauge, Pushgateway, Registry } from "prom-client";
import { type Metric, prometheusName } from "../../core/metrics.ts";

/** How long a push may take, ms. */
const PUSH_MS = 3000;

export interface PushOptions {
  readonly url: string;
  /** The grouping key: what an earlier push with the same job and instance left is replaced. */
  readonly job: string;
  readonly instance: string;
  readonly signal: AbortSignal;
}

/** @throws {Error} if the Pushgateway can't be reached, or refuses. */
export async function pushMetrics(metrics: readonly Metric[], options: PushOptions): Promise<void> {
  const { url, job, instance, signal } = options;
  const registry = new Registry();
  for (const metric of metrics) register(metric, registry);
  const late = AbortSignal.timeout(PUSH_MS);
  const gateway = new Pushgateway(url, { signal: AbortSignal.any([signal, late]) }, registry);
  const { resp } = await gateway.push({ jobName: jobName(job), groupings: { instance } })
    .catch((error) => {
      throw late.aborted ? new Error(`no answer within ${PUSH_MS / 1000} s`) : error;
    });
  const status = (resp as { statusCode?: number }).statusCode ?? 0;
  // The library takes a redirect for success.
  if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
}

/** The job is a part of the URL's path, in which the Pushgateway takes %2F for a slash. */
function jobName(job: string): string {
  return job.replaceAll("/", "-") || "bailout";
}

function register(metric: Metric, registry: Registry): void {
  const spec = {
    name: prometheusName(metric),
    help: metric.help,
    labelNames: Object.keys(metric.labels),
    registers: [registry],
  };
  if (metric.kind === "counter") new Counter(spec).inc(metric.labels, metric.value);
  else new Gauge(spec).set(metric.labels, metric.value);
}
