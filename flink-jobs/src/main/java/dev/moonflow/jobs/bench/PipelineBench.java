package dev.moonflow.jobs.bench;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.publish.EventSender;
import dev.moonflow.jobs.cli.publish.OutgoingEvent;
import dev.moonflow.jobs.cli.results.OutputRecordView;
import dev.moonflow.jobs.cli.results.OutputRow;
import dev.moonflow.jobs.cli.results.OutputTail;
import dev.moonflow.jobs.cli.results.TailUntil;
import dev.moonflow.jobs.demo.DemoModel;
import dev.moonflow.jobs.demo.DemoServers;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Pages through Kafka and Flink, all in this process: each page is a document of a source of its
 * own, and is done when a reader of committed records sees its document result.
 */
public final class PipelineBench implements AutoCloseable {
  private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

  private final Lifetime lifetime = new Lifetime();
  private final DemoServers servers;
  private final EventSender sender;
  private final OutputRecordView view;
  private final OutputTail tail;
  private final int tokens;
  private final DeviceChoice device;
  private final Path folder;
  private Kernels kernels; // of the engine alone
  private KimiVl model;
  private int rounds;

  /**
   * Starts broker, registry, Flink and the job.
   *
   * @param tokens generated for each request, past stop tokens
   */
  public PipelineBench(
      DemoModel model, DeviceChoice device, Settings settings, int tokens, Console console)
      throws Exception {
    this.tokens = tokens;
    this.device = device;
    folder = model.folder();
    try {
      servers = DemoServers.start(model, device, settings, lifetime, console);
      sender = lifetime.add(new EventSender(servers.settings()));
      view = lifetime.add(new OutputRecordView(Registry.settings(servers.settings())));
      List<Topics> topics = List.of(Topics.OCR, Topics.DEAD_LETTERS);
      tail = lifetime.add(new OutputTail(servers.settings(), topics, false));
    } catch (Exception e) {
      lifetime.close();
      throw e;
    }
  }

  /**
   * What came of a round.
   *
   * @param cost from the first event sent to the last result seen
   * @param writtenSeconds until the last result was written, not yet committed
   * @param written seconds from sending a page to its result being written, for each page
   * @param seen the same until a reader of committed records had it
   * @param tokens generated
   */
  public record Round(
      Cost cost, double writtenSeconds, double[] written, double[] seen, long tokens) {}

  /**
   * Sends pages and waits for their results.
   *
   * @param pagesPerSecond how fast they are sent; infinite for all at once
   */
  public Round round(List<byte[]> pages, double pagesPerSecond) throws Exception {
    Results results = new Results(rounds++, pages.size());
    long begin = System.nanoTime();
    long beginMillis = System.currentTimeMillis();
    Thread sending = new Thread(() -> results.send(pages, begin, pagesPerSecond), "bench-send");
    Cost cost =
        Cost.of(
            () -> {
              sending.start();
              results.await();
              sending.join();
            });
    results.check();
    return new Round(
        cost,
        (results.lastWrittenMillis - beginMillis) / 1e3,
        results.written,
        results.seen,
        results.tokens);
  }

  /**
   * The same pages through the engine alone: as many engines as the job has subtasks, each with its
   * share of the pages.
   */
  public Cost engineAlone(List<byte[]> pages) throws Exception {
    if (model == null) {
      kernels = lifetime.add(Kernels.open(device));
      model = KimiVl.load(folder, kernels);
      engineAlone(pages); // its code is compiled, but the caches are not its own yet
    }
    int engines = servers.settings().get(JobOptions.PARALLELISM);
    ExecutorService pool = Executors.newFixedThreadPool(engines);
    try {
      return Cost.of(
          () -> {
            List<Future<?>> shares = new ArrayList<>();
            for (int i = 0; i < engines; i++) {
              List<byte[]> share = new ArrayList<>();
              for (int page = i; page < pages.size(); page += engines) {
                share.add(pages.get(page));
              }
              BareReader reader = new BareReader(model, servers.settings(), tokens);
              shares.add(pool.submit(() -> reader.read(share)));
            }
            for (Future<?> each : shares) {
              each.get();
            }
          });
    } finally {
      pool.shutdownNow();
    }
  }

  /** The pages of one round. */
  private final class Results {
    private final String run;
    private final long[] sentMillis;
    private final double[] written;
    private final double[] seen;
    private final Map<String, Integer> missing = new HashMap<>();
    private long lastWrittenMillis;
    private long tokens;
    private volatile Exception failure;

    Results(int round, int pages) {
      run = "round-" + round;
      sentMillis = new long[pages];
      written = new double[pages];
      seen = new double[pages];
      for (int i = 0; i < pages; i++) {
        missing.put(id(i), i);
      }
    }

    private String id(int page) {
      return "page-" + page + "@" + run;
    }

    void send(List<byte[]> pages, long begin, double pagesPerSecond) {
      try {
        for (int i = 0; i < pages.size(); i++) {
          long due = begin + (long) (1e9 * i / pagesPerSecond);
          for (long left; (left = due - System.nanoTime()) > 0; ) {
            Thread.sleep(Math.max(1, left / 1_000_000));
          }
          sentMillis[i] = System.currentTimeMillis();
          sender.send(
              new OutgoingEvent(
                  Topics.DOCUMENTS, "source-" + i, id(i), event(id(i), i, pages.get(i))));
        }
        sender.flush();
      } catch (Exception e) {
        failure = e;
      }
    }

    private DocumentEvent event(String id, int page, byte[] file) {
      return DocumentEvent.newBuilder()
          .setId(id)
          .setSourceId("source-" + page)
          .setEventTime(Instant.EPOCH)
          .setDocument(
              Payload.newBuilder()
                  .setInline(ByteBuffer.wrap(file))
                  .setMediaType("image/png")
                  .build())
          .setOptions(
              GenerationOptions.newBuilder()
                  .setMaxNewTokens(PipelineBench.this.tokens)
                  .setTemperature(0f)
                  .setIgnoreStopTokens(true)
                  .build())
          .setAttributes(Map.of())
          .build();
    }

    void await() throws Exception {
      TailUntil aSecond = new TailUntil(true, Duration.ofSeconds(1), Long.MAX_VALUE);
      long last = System.nanoTime();
      while (!missing.isEmpty() && failure == null) {
        servers.watch().look();
        if (tail.run(aSecond.until(() -> missing.isEmpty() || failure != null), this::take) > 0) {
          servers.watch().progress();
          last = System.nanoTime();
        } else if (Lifetime.stopping() || System.nanoTime() - last > SILENCE_MAX.toNanos()) {
          throw new IllegalStateException(missing.size() + " pages came to no result");
        }
      }
    }

    private void take(Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord) throws Exception {
      OutputRow row = view.row(topic, kafkaRecord);
      if (row.dead()) {
        throw new IllegalStateException("a page went to the dead letters: " + row.text());
      }
      if (!row.part().equals("document")) {
        tokens += row.tokens();
        return;
      }
      Integer page = missing.remove(row.id());
      if (page != null) {
        written[page] = (kafkaRecord.timestamp() - sentMillis[page]) / 1e3;
        seen[page] = (System.currentTimeMillis() - sentMillis[page]) / 1e3;
        lastWrittenMillis = Math.max(lastWrittenMillis, kafkaRecord.timestamp());
      }
    }

    void check() throws Exception {
      if (failure != null) {
        throw failure;
      }
    }
  }

  @Override
  public void close() {
    lifetime.close();
  }
}
