/**
 * Answers that a model gives to an example, and who says whether they are right. Interfaces that
 * data construction, reinforcement learning and evaluation share; the engine behind {@link
 * dev.moonflow.training.sample.answer.AnswerSampler} lives in {@code rollout}.
 */
package dev.moonflow.training.sample.answer;
