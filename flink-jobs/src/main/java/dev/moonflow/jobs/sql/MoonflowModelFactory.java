package dev.moonflow.jobs.sql;

import dev.moonflow.jobs.graph.KimiVlLoader;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.ml.AsyncPredictRuntimeProvider;
import org.apache.flink.table.ml.ModelProvider;

/**
 * Makes the models of {@code 'provider' = 'moonflow'}. Flink finds it by {@code META-INF/services}.
 */
public final class MoonflowModelFactory implements ModelProviderFactory {
  @Override
  public String factoryIdentifier() {
    return SqlOptions.PROVIDER;
  }

  /** None that Flink would check: {@link #createModelProvider} names each by its name in SQL. */
  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  /**
   * The model of a catalog.
   *
   * @throws org.apache.flink.table.api.ValidationException naming the first option or column that
   *     cannot work
   */
  @Override
  public ModelProvider createModelProvider(Context context) {
    String name = context.getObjectIdentifier().getObjectName();
    SqlModel model = SqlModelCheck.read(name, context.getCatalogModel());
    return new Provider(model, context.getConfiguration());
  }

  /** Makes the functions of one model. */
  private record Provider(SqlModel model, ReadableConfig session)
      implements AsyncPredictRuntimeProvider {
    @Override
    public AsyncPredictFunction createAsyncPredictFunction(Context context) {
      FlinkTimeout.requireAbove(model, context.runtimeConfig(), session);
      return new MoonflowPredictFunction(model, new KimiVlLoader());
    }

    @Override
    public ModelProvider copy() {
      return this;
    }
  }
}
