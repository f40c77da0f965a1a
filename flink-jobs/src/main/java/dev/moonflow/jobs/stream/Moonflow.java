package dev.moonflow.jobs.stream;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The model in a Flink job of your own.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.moonflow</groupId>
 *   <artifactId>flink-jobs</artifactId>
 *   <version>0.1.0-SNAPSHOT</version>
 * </dependency>
 *
 * Perceptions<Scan> read =
 *     Moonflow.perceive(scans, Scan::image)
 *         .model("/models/Kimi-VL-A3B-Instruct")
 *         .prompt(scan -> "What is the total of this " + scan.kind() + "?")
 *         .key(Scan::customer)
 *         .maxNewTokens(64)
 *         .build();
 *
 * read.answers().sinkTo(...);    // DataStream<Tuple2<Scan, Answer>>
 * read.failures().sinkTo(...);   // DataStream<Tuple2<Scan, Failure>>
 * }</pre>
 *
 * <p>Every element leaves once, with its answer or with the reason why there is none. A checkpoint
 * holds the elements in flight with the words that they have so far, and a restored job goes on
 * from there. TaskManagers need {@code env.java.opts.all: --add-modules=jdk.incubator.vector}.
 */
public final class Moonflow {
  private Moonflow() {}

  /**
   * Asks the model about each element of a stream.
   *
   * @param elements what it is asked about
   * @param image the encoded image of an element (PNG, JPEG, TIFF, WebP); null for a question
   *     without one
   */
  public static <T> PerceiveBuilder<T> perceive(
      DataStream<T> elements, MapFunction<T, byte[]> image) {
    return new PerceiveBuilder<>(elements, image);
  }
}
