/**
 * A Kafka broker inside this process, for the demo and for tests: one node, KRaft, on free loopback
 * ports. Not for production.
 */
package dev.moonflow.connectors.embedded;
