package dev.moonflow.jobs.sql;

import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.MLPredictRuntimeConfigOptions;

/**
 * Flink's own limit for one row, past which it fails the query whatever the model says. A model
 * that would wait as long could never report a row as too slow.
 */
final class FlinkTimeout {
  private FlinkTimeout() {}

  /**
   * Checks that a model gives up before Flink does.
   *
   * @param call the CONFIG of the ML_PREDICT
   * @param session the settings of the session
   * @throws ValidationException if it would not
   */
  static void requireAbove(SqlModel model, ReadableConfig call, ReadableConfig session) {
    Duration limit =
        call.getOptional(MLPredictRuntimeConfigOptions.ASYNC_TIMEOUT)
            .orElseGet(
                () -> session.get(ExecutionConfigOptions.TABLE_EXEC_ASYNC_ML_PREDICT_TIMEOUT));
    if (model.timeout().compareTo(limit) >= 0) {
      throw new ValidationException(
          "Model %s cannot use the option 'timeout': it must be below %s (%d ms), got %d ms."
              .formatted(
                  model.name(),
                  ExecutionConfigOptions.TABLE_EXEC_ASYNC_ML_PREDICT_TIMEOUT.key(),
                  limit.toMillis(),
                  model.timeout().toMillis()));
    }
  }
}
