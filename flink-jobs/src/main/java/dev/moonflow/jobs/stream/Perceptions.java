package dev.moonflow.jobs.stream;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What became of the elements of a stream; each is in one of the two.
 *
 * @param answers elements with their answers, in the order of arrival per key
 * @param failures elements that could not be answered, with the reason; to be read by somebody
 */
public record Perceptions<T>(
    DataStream<Tuple2<T, Answer>> answers, DataStream<Tuple2<T, Failure>> failures) {}
