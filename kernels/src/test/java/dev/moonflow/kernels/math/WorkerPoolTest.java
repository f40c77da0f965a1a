package dev.moonflow.kernels.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {
  private final int threads = WorkerPool.shared().threads();

  @BeforeEach
  void useThreeThreads() {
    WorkerPool.setThreads(3);
  }

  @AfterEach
  void restore() {
    WorkerPool.setThreads(threads);
  }

  @Test
  void everyTaskRunsOnce() {
    AtomicIntegerArray runs = new AtomicIntegerArray(1000);
    WorkerPool.shared().forEach(1000, runs::incrementAndGet);
    for (int i = 0; i < 1000; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void nestedLoopsOfManyCallersFinish() throws Exception {
    AtomicLong sum = new AtomicLong();
    var callers = Executors.newFixedThreadPool(4);
    try {
      Future<?>[] done = new Future<?>[4];
      for (int c = 0; c < 4; c++) {
        done[c] =
            callers.submit(
                () ->
                    WorkerPool.shared()
                        .forEach(20, i -> WorkerPool.shared().forEach(20, sum::addAndGet)));
      }
      for (Future<?> future : done) {
        future.get(30, TimeUnit.SECONDS);
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(sum.get()).isEqualTo(4L * 20 * 190);
  }

  @Test
  void aFailingTaskReachesTheCallerAndThePoolGoesOn() {
    assertThatThrownBy(
            () ->
                WorkerPool.shared()
                    .forEach(
                        50,
                        i -> {
                          if (i == 17) {
                            throw new IllegalStateException("task 17");
                          }
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 17");
    everyTaskRunsOnce();
  }

  @Test
  void anInterruptedCallerFinishesItsLoopAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    everyTaskRunsOnce();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> WorkerPool.setThreads(0)).hasMessageContaining("between 1 and");
  }
}
