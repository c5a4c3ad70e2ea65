export { Counter, exponentialBounds, Gauge, Histogram, Metrics, Observed } from './metrics';
export { contentType as metricsContentType, header, sample } from './text';
