package dev.moonflow.jobs.perceive;

import java.io.Serializable;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** A histogram of durations that takes nanoseconds and tells seconds. */
public final class SecondsHistogram implements Histogram {
  private static final int WINDOW = 1_000;
  private static final double NANOS = 1e9;

  private final DescriptiveStatisticsHistogram nanos = new DescriptiveStatisticsHistogram(WINDOW);

  @Override
  public void update(long nanoseconds) {
    nanos.update(nanoseconds);
  }

  @Override
  public long getCount() {
    return nanos.getCount();
  }

  @Override
  public HistogramStatistics getStatistics() {
    return new Seconds(nanos.getStatistics());
  }

  private static final class Seconds extends HistogramStatistics implements Serializable {
    private static final long serialVersionUID = 1L;
    private final HistogramStatistics nanos;

    Seconds(HistogramStatistics nanos) {
      this.nanos = nanos;
    }

    @Override
    public double getQuantile(double quantile) {
      return nanos.getQuantile(quantile) / NANOS;
    }

    @Override
    public long[] getValues() {
      long[] values = nanos.getValues();
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round(values[i] / NANOS);
      }
      return values;
    }

    @Override
    public int size() {
      return nanos.size();
    }

    @Override
    public double getMean() {
      return nanos.getMean() / NANOS;
    }

    @Override
    public double getStdDev() {
      return nanos.getStdDev() / NANOS;
    }

    @Override
    public long getMax() {
      return Math.round(nanos.getMax() / NANOS);
    }

    @Override
    public long getMin() {
      return Math.round(nanos.getMin() / NANOS);
    }
  }
}
