package dev.moonflow.model.engine;

import java.util.List;

/**
 * What one engine step did.
 *
 * @param finished requests that ended in this step, in the order of submission
 * @param patches vision patches encoded
 * @param prefillTokens prompt tokens that entered the cache
 * @param decodeTokens tokens generated
 * @param running requests admitted and not finished, after the step
 * @param waiting requests not admitted, after the step
 */
public record StepReport(
    List<Progress> finished,
    int patches,
    int prefillTokens,
    int decodeTokens,
    int running,
    int waiting) {}
