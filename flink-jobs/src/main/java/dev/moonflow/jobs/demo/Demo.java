package dev.moonflow.jobs.demo;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.publish.EventSender;
import dev.moonflow.jobs.cli.publish.OutgoingEvent;
import dev.moonflow.jobs.cli.publish.PublishCounts;
import dev.moonflow.jobs.cli.results.OutputRecordView;
import dev.moonflow.jobs.cli.results.OutputTail;
import dev.moonflow.jobs.cli.results.ResultTable;
import dev.moonflow.jobs.cli.results.TailUntil;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;

/** One run of the demo, from the first server to the count at the end. */
public final class Demo {
  /** How long nothing may come before the rest counts as lost. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(3);

  private static final int RANDOM_TOKENS = 24;
  private static final int TRAINED_TOKENS = 320;
  private static final float RANDOM_TEMPERATURE = 0.9f;

  private final Console console;
  private final Path samples;
  private final DemoModel model;
  private final DeviceChoice device;

  /** A demo of a model on a device. */
  public Demo(Console console, Path samples, DemoModel model, DeviceChoice device) {
    this.console = console;
    this.samples = samples;
    this.model = model;
    this.device = device;
  }

  /**
   * Runs it.
   *
   * @param stay whether to keep the servers up until the process is told to stop
   * @return the count of a fresh reader that sees committed results only
   */
  public Tally run(boolean stay) throws Exception {
    try (Lifetime lifetime = new Lifetime()) {
      DemoPlan plan = DemoPlan.of(samples, options(), model.readsLines());
      DemoServers servers = DemoServers.start(model, device, lifetime, console);
      console.note("");
      if (model.random()) {
        console.note("This checkpoint is random: the words below are noise; the flow is real.");
        console.note("");
      }
      long start = System.nanoTime();
      publish(servers.settings(), plan);
      watch(servers, plan, lifetime);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      if (!stay) {
        servers.stopJob();
      }
      Tally count = count(servers.settings(), plan);
      summary(plan, count, time);
      if (stay) {
        stay(servers);
      }
      return count;
    }
  }

  /** A random model never stops by itself and says the same word for ever when it is greedy. */
  private GenerationOptions options() {
    GenerationOptions.Builder options = GenerationOptions.newBuilder();
    if (model.random()) {
      options.setMaxNewTokens(RANDOM_TOKENS).setTemperature(RANDOM_TEMPERATURE);
    } else {
      options.setMaxNewTokens(TRAINED_TOKENS);
    }
    return options.build();
  }

  private void publish(Settings settings, DemoPlan plan) throws Exception {
    PublishCounts counts = new PublishCounts();
    try (EventSender sender = new EventSender(settings)) {
      for (OutgoingEvent event : plan.events()) {
        sender.send(event);
        counts.add(event);
      }
      sender.flush();
    }
    console.note("Published " + counts.sentence() + ". Results as they are committed:");
    console.note("");
  }

  /** Shows results as they come, until all are there or nothing comes any more. */
  private void watch(DemoServers servers, DemoPlan plan, Lifetime lifetime) throws Exception {
    Tally tally = new Tally(plan.expected());
    ResultTable table = new ResultTable(console);
    table.header();
    try (OutputRecordView view = new OutputRecordView(Registry.settings(servers.settings()));
        OutputTail tail = new OutputTail(servers.settings(), Topics.outputs(), false)) {
      lifetime.add(tail::stop);
      TailUntil aSecond = new TailUntil(true, Duration.ofSeconds(1), Long.MAX_VALUE);
      long last = System.nanoTime();
      while (!tally.settled() && System.nanoTime() - last < SILENCE_MAX.toNanos()) {
        if (Lifetime.stopping()) {
          throw new IllegalStateException("the process was told to stop");
        }
        servers.watch().look();
        long shown =
            tail.run(
                aSecond.until(tally::settled),
                (topic, kafkaRecord) -> {
                  var row = view.row(topic, kafkaRecord);
                  tally.add(row);
                  table.row(row);
                });
        if (shown > 0) {
          servers.watch().progress();
          last = System.nanoTime();
        }
      }
    }
  }

  /** Counts what a reader finds that comes later and knows nothing. */
  private static Tally count(Settings settings, DemoPlan plan) throws Exception {
    Tally tally = new Tally(plan.expected());
    try (OutputRecordView view = new OutputRecordView(Registry.settings(settings));
        OutputTail tail = new OutputTail(settings, Topics.outputs(), false)) {
      tail.run(TailUntil.now(), (topic, r) -> tally.add(view.row(topic, r)));
    }
    return tally;
  }

  private void summary(DemoPlan plan, Tally count, Duration time) {
    console.note("");
    String line =
        Quantities.count(plan.events().size(), "event")
            + ", "
            + count.answered()
            + " of "
            + count.expected()
            + " results, "
            + count.lost()
            + " lost, "
            + (count.doubled() + count.unexpected())
            + " doubled, "
            + Quantities.count(count.deadLetters(), "dead letter")
            + ", "
            + Quantities.count(count.tokens(), "token")
            + ", "
            + Quantities.time(time);
    console.line(count.exact() ? console.good(line) : console.bad(line));
  }

  private void stay(DemoServers servers) throws Exception {
    Settings settings = servers.settings();
    String where =
        " --bootstrap "
            + settings.get(KafkaOptions.BOOTSTRAP_SERVERS)
            + " --registry "
            + settings.get(RegistryOptions.URL);
    console.note("");
    console.note("Everything stays up until Ctrl-C. Flink's web interface: " + servers.web());
    console.note("In another terminal:");
    console.note("  ./moonflow publish FILE..." + where);
    console.note("  ./moonflow results --follow" + where);
    servers.watch().awaitEnd();
  }
}
