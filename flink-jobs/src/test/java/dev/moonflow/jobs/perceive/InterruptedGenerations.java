package dev.moonflow.jobs.perceive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FeatureCache;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.engine.StepReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Interrupts generations by the thousand and compares them with undisturbed ones: {@link #main} is
 * run by hand with a checkpoint every five seconds and writes the log in {@code docs/evidence}; a
 * test runs a few.
 */
final class InterruptedGenerations {
  private static final String CHECKPOINT =
      Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint").toString();

  private final Plan plan;
  private final PrintStream log;
  private final Random random;

  /**
   * What to do.
   *
   * @param interrupted generations to interrupt
   * @param inFlight requests at once
   * @param tokens of each answer
   * @param checkpointMillis between two checkpoints
   * @param killMillis between two kills, at least; at most twice as long
   */
  record Plan(
      int interrupted,
      int inFlight,
      int tokens,
      long checkpointMillis,
      long killMillis,
      long seed) {}

  /**
   * What came of it.
   *
   * @param interrupted generations that were killed in the middle and came out
   * @param different of those whose bytes are not those of an undisturbed run
   * @param emitted tokens of all results
   * @param computed tokens that engines generated
   * @param prefilled tokens of prompts and of prefixes that entered caches
   */
  record Outcome(
      int results,
      int interrupted,
      int greedy,
      int different,
      int kills,
      long emitted,
      long computed,
      long prefilled) {
    double redoRatio() {
      return (double) computed / emitted;
    }
  }

  private InterruptedGenerations(Plan plan, PrintStream log) {
    this.plan = plan;
    this.log = log;
    random = new Random(plan.seed());
  }

  static Outcome run(Plan plan, PrintStream log) throws Exception {
    return new InterruptedGenerations(plan, log).run();
  }

  private Outcome run() throws Exception {
    List<PerceptionRequest> requests = new ArrayList<>();
    for (int i = 0; i < 20 * plan.interrupted(); i++) {
      requests.add(request(i));
    }
    CountingLoader.GENERATED.set(0);
    CountingLoader.PREFILLED.set(0);
    Map<String, byte[]> committed;
    Set<String> interrupted;
    int kills = 0;
    try (RestartingJob job = new RestartingJob(settings(), new CountingLoader(), requests)) {
      job.start(1);
      long begin = System.nanoTime();
      long nextCheckpoint = after(plan.checkpointMillis());
      long nextKill = after(killPause());
      while (count(job) < plan.interrupted()) {
        if (System.nanoTime() >= nextCheckpoint) {
          job.checkpoint();
          nextCheckpoint = after(plan.checkpointMillis());
        }
        if (System.nanoTime() >= nextKill) {
          job.kill();
          kills++;
          int parallelism = 1 + random.nextInt(2);
          job.start(parallelism);
          log.printf(
              Locale.ROOT,
              "%6.1f s  kill %d, back with %d subtasks; %d results, %d of them interrupted%n",
              (System.nanoTime() - begin) / 1e9,
              kills,
              parallelism,
              job.committed().size(),
              count(job));
          nextCheckpoint = after(plan.checkpointMillis());
          nextKill = after(killPause());
        }
        if (!job.send(plan.inFlight()) & !job.runMails()) {
          Thread.sleep(1);
        }
      }
      while (job.inFlight() > 0) { // what is unfinished would count as computed, not as emitted
        if (!job.runMails()) {
          Thread.sleep(1);
        }
      }
      job.checkpoint();
      committed = Map.copyOf(job.committed());
      interrupted = both(job);
    }
    long computed = CountingLoader.GENERATED.get();
    long prefilled = CountingLoader.PREFILLED.get();
    long emitted = (long) committed.size() * plan.tokens();
    log.printf(
        "%d results of %d tokens each; now the same %d without a kill%n",
        committed.size(), plan.tokens(), interrupted.size());
    Map<String, byte[]> undisturbed =
        undisturbed(requests.stream().filter(r -> interrupted.contains(id(r))).toList());
    int different = 0;
    for (String id : interrupted) {
      different += Arrays.equals(committed.get(id), undisturbed.get(id)) ? 0 : 1;
    }
    int greedy = (int) interrupted.stream().filter(id -> id.startsWith("greedy")).count();
    return new Outcome(
        committed.size(),
        interrupted.size(),
        greedy,
        different,
        kills,
        emitted,
        computed,
        prefilled);
  }

  private long killPause() {
    return plan.killMillis() + random.nextLong(plan.killMillis() + 1);
  }

  private static long after(long millis) {
    return System.nanoTime() + millis * 1_000_000;
  }

  private static Set<String> both(RestartingJob job) {
    Set<String> both = new TreeSet<>(job.interrupted());
    both.retainAll(job.committed().keySet());
    return both;
  }

  private static int count(RestartingJob job) {
    return both(job).size();
  }

  private Map<String, byte[]> undisturbed(List<PerceptionRequest> requests) throws Exception {
    try (RestartingJob job = new RestartingJob(settings(), new KimiVlLoader(), requests)) {
      job.start(1);
      while (!job.idle()) {
        if (!job.send(plan.inFlight()) & !job.runMails()) {
          Thread.sleep(1);
        }
      }
      job.checkpoint();
      return job.committed();
    }
  }

  private Settings settings() {
    return PerceiveHarness.settings(CHECKPOINT)
        .with("moonflow.engine.requests-running", "" + plan.inFlight())
        .with("moonflow.engine.requests-in-flight", "" + plan.inFlight())
        .with("moonflow.engine.feature-cache", "1b");
  }

  private static String id(PerceptionRequest request) {
    return request.subject().eventId();
  }

  private PerceptionRequest request(int i) {
    boolean greedy = i % 2 == 0;
    String text = "Tell me of number " + i + ".";
    return new PerceptionRequest(
        Subject.of(
            "key" + i, (greedy ? "greedy" : "sampled") + i, RequestKind.QUESTION, i, Map.of()),
        new RawRecord("questions", 0, i, 7, null, text.getBytes(UTF_8), List.of()),
        List.of(new PromptMessage("user", List.of(new PromptPart.Text(text)))),
        new SamplingParameters(greedy ? 0f : 0.9f, greedy ? 1f : 0.95f, i, true),
        plan.tokens());
  }

  /**
   * Runs by hand.
   *
   * @param arguments generations to interrupt, in flight, tokens, and seconds between kills at
   *     least; the checkpoint interval is five seconds
   */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.getLong("moonflow.interrupted.seed", 6);
    Plan plan =
        new Plan(
            Integer.parseInt(arguments[0]),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            5_000,
            1_000 * Long.parseLong(arguments[3]),
            seed);
    System.out.println(plan);
    Outcome outcome = run(plan, System.out);
    System.out.println(outcome);
    System.out.printf(
        Locale.ROOT,
        "%d interrupted generations (%d greedy, %d sampled), %d different; redo ratio %.3f%n",
        outcome.interrupted(),
        outcome.greedy(),
        outcome.interrupted() - outcome.greedy(),
        outcome.different(),
        outcome.redoRatio());
    System.exit(outcome.different() == 0 ? 0 : 1);
  }

  /** Loads the real model and counts what its engines do. */
  static final class CountingLoader implements ModelLoader {
    static final AtomicLong GENERATED = new AtomicLong();
    static final AtomicLong PREFILLED = new AtomicLong();
    private static final long serialVersionUID = 1L;

    @Override
    public LoadedModel load(Path checkpoint, DeviceChoice device) {
      return new Counted(new KimiVlLoader().load(checkpoint, device));
    }
  }

  private record Counted(LoadedModel model) implements LoadedModel {
    @Override
    public Engine newEngine(EngineLimits limits) {
      return new CountedEngine(model.newEngine(limits));
    }

    @Override
    public Engine newEngine(EngineLimits limits, FeatureCache features) {
      return new CountedEngine(model.newEngine(limits, features));
    }

    @Override
    public String fingerprint() {
      return model.fingerprint();
    }

    @Override
    public String device() {
      return model.device();
    }

    @Override
    public Reply read(int[] tokens) {
      return model.read(tokens);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private record CountedEngine(Engine engine) implements Engine {
    @Override
    public StepReport step() {
      StepReport report = engine.step();
      CountingLoader.GENERATED.addAndGet(report.decodeTokens());
      CountingLoader.PREFILLED.addAndGet(report.prefillTokens());
      return report;
    }

    @Override
    public PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException {
      return engine.prepare(request);
    }

    @Override
    public void submit(PreparedRequest request) {
      engine.submit(request);
    }

    @Override
    public Optional<Progress> progress(String id) {
      return engine.progress(id);
    }

    @Override
    public Optional<List<float[]>> takeFeatures(String id) {
      return engine.takeFeatures(id);
    }

    @Override
    public boolean cancel(String id) {
      return engine.cancel(id);
    }

    @Override
    public void release(String id) {
      engine.release(id);
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
