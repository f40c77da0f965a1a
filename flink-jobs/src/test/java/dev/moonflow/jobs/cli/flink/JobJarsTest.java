package dev.moonflow.jobs.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobJarsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink-jobs-0.1.0.jar",
        "model-0.1.0.jar",
        "kafka-clients-4.2.2.jar",
        "flink-connector-kafka-5.0.0-2.2.jar",
        "flink-connector-base-2.3.0.jar",
        "flink-avro-2.3.0.jar",
        "avro-1.12.2.jar",
        "aparapi-3.0.2.jar",
      })
  void whatAClusterLacksGoesAlong(String jar) {
    assertThat(JobJars.isForTheCluster(Path.of("lib", jar))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink-runtime-2.3.0.jar",
        "flink-streaming-java-2.3.0.jar",
        "flink-shaded-netty-4.2.6.Final-21.0.jar",
        "log4j-core-2.26.1.jar",
        "slf4j-api-2.0.20.jar",
        "kafka_2.13-4.2.2.jar",
        "kafka-raft-4.2.2.jar",
        "classes",
      })
  void whatAClusterHasStaysHere(String jar) {
    assertThat(JobJars.isForTheCluster(Path.of("lib", jar))).isFalse();
  }
}
