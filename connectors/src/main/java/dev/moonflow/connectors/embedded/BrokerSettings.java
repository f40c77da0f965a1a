package dev.moonflow.connectors.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: one node in both roles, small enough to share a JVM with a job. */
final class BrokerSettings {
  /** Largest record that the broker takes: inline payloads of the default size and some more. */
  static final int MESSAGE_BYTES_MAX = 80 << 20;

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  static Properties of(Path directory, BrokerPorts ports) {
    Properties settings = new Properties();
    roles(settings, ports);
    replication(settings);
    size(settings);
    settings.setProperty("log.dirs", directory.toString());
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("message.max.bytes", Integer.toString(MESSAGE_BYTES_MAX));
    return settings;
  }

  private static void roles(Properties settings, BrokerPorts ports) {
    String client = "PLAINTEXT://" + BrokerPorts.HOST + ":" + ports.broker();
    String controller = BrokerPorts.HOST + ":" + ports.controller();
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", Integer.toString(NODE_ID));
    settings.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.setProperty("listeners", client + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.setProperty("advertised.listeners", client);
    settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    settings.setProperty(
        "listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT,PLAINTEXT:PLAINTEXT");
    settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
  }

  /** There is one node, so every internal topic has one replica. */
  private static void replication(Properties settings) {
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("offsets.topic.num.partitions", "4");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("transaction.state.log.num.partitions", "4");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
  }

  /** The defaults are for servers: the log cleaner alone would take 128 MiB of heap. */
  private static void size(Properties settings) {
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "3");
    settings.setProperty("background.threads", "2");
    settings.setProperty("num.replica.alter.log.dirs.threads", "1");
    settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    settings.setProperty("log.cleaner.io.buffer.size", Integer.toString(128 << 10));
  }
}
