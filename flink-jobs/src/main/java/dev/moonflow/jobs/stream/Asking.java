package dev.moonflow.jobs.stream;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.model.constraint.Constraint;
import java.io.Serializable;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * How elements become questions. Travels to the cluster.
 *
 * @param image of an element, or null for none
 * @param prompt of an element; null asks the default
 * @param key elements that share one keep their order; null lets each leave when it is done
 * @param id of an element; null makes one of its bytes
 * @param defaultPrompt asked where an element has no prompt of its own
 * @param answers what answers must look like
 * @param settings tokens, sampling and limits
 */
record Asking<T>(
    MapFunction<T, byte[]> image,
    MapFunction<T, String> prompt,
    MapFunction<T, String> key,
    MapFunction<T, String> id,
    String defaultPrompt,
    Answers answers,
    Settings settings)
    implements Serializable {

  /** A constraint that travels; it is made on the cluster. */
  interface Answers extends Serializable {
    /** The constraint, or null for none. */
    Constraint constraint();
  }
}
