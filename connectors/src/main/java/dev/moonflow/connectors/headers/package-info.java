/**
 * Headers of results: where a result comes from, and what is passed on from its event (trace
 * context and CloudEvents attributes).
 */
package dev.moonflow.connectors.headers;
