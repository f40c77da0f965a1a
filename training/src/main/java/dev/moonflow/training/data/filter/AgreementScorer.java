package dev.moonflow.training.data.filter;

import dev.moonflow.training.sample.Sample;
import java.io.Serializable;
import java.util.OptionalDouble;

/** Judges whether an example's images and text belong together. */
@FunctionalInterface
public interface AgreementScorer extends Serializable {
  /** From 0, unrelated, to 1; empty where this scorer cannot tell. */
  OptionalDouble score(Sample sample);
}
