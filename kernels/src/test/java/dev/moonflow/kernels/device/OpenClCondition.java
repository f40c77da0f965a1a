package dev.moonflow.kernels.device;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresOpenCl}. */
final class OpenClCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return decide(
        OpenClDevices.discover().missing(), System.getenv("CI"), context.getDisplayName());
  }

  /** Enabled where nothing is missing; else an error with {@code CI=true}, or a visible skip. */
  static ConditionEvaluationResult decide(String missing, String ci, String test) {
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("an OpenCL device is there");
    }
    if ("true".equalsIgnoreCase(ci)) {
      throw new AssertionError(test + " needs OpenCL and CI=true: " + missing);
    }
    System.out.println("SKIPPED " + test + ": " + missing);
    return ConditionEvaluationResult.disabled(missing);
  }
}
