package dev.moonflow.model.chat;

import java.util.Objects;

/**
 * A generated text, split into what is meant for the reader and what is not (SPEC section 3.8).
 *
 * @param reasoning text between the thinking markers, stripped; empty if there is none
 * @param text the visible answer: stripped if reasoning came before it, else as generated; empty
 *     while the reasoning goes on
 * @param reasoningOpen whether reasoning began and did not end: the answer was cut off, or has not
 *     begun yet
 */
public record Answer(String reasoning, String text, boolean reasoningOpen) {
  public Answer {
    Objects.requireNonNull(reasoning, "reasoning");
    Objects.requireNonNull(text, "text");
  }
}
