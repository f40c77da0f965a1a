package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.engine.FeatureCache;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.engine.StepReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Generates for every request of its subtask at once and lets results leave in the order of arrival
 * per key. The package's description tells its threads and its state. Made by its factory alone.
 */
public class PerceiveOperator extends AbstractStreamOperator<Perceived>
    implements OneInputStreamOperator<PerceptionRequest, Perceived>, BoundedOneInput {
  /** Side output of what could not be perceived. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("perceive-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;

  private final transient PerceiveSettings settings;
  private final transient ModelLoader loader;
  private final transient MailboxExecutor mailbox;
  private final transient int requestsInFlight;
  private final transient long bytesInFlight;
  private final transient PerceiveParts parts;
  private final transient RequestLine line;
  private final transient FirstTokens firstTokens = new FirstTokens();

  private transient boolean idleHeld;
  private transient PerceiveState state;
  private transient SharedModels.Lease lease;
  private transient EngineHost host;
  private transient Preparation preparation;
  private transient PatchBudget patchBudget;
  private transient PerceiveMetrics metrics;
  private transient volatile boolean closing;

  PerceiveOperator(
      StreamOperatorParameters<Perceived> parameters,
      PerceiveSettings settings,
      ModelLoader loader,
      MailboxExecutor mailbox,
      PerceiveParts parts) {
    super(parameters);
    this.parts = parts;
    line = parts.line();
    this.settings = settings;
    this.loader = loader;
    this.mailbox = mailbox;
    requestsInFlight = settings.requestsInFlight();
    bytesInFlight = settings.bytesInFlight();
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = parts.state(context.getKeyedStateStore(), getKeyedStateBackend());
  }

  @Override
  public void open() throws Exception {
    super.open();
    if (settings.mathThreads() > 0) {
      WorkerPool.setThreads(settings.mathThreads());
    }
    lease = SharedModels.acquire(settings.checkpoint(), settings.device(), loader);
    String name = "moonflow-engine-" + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    patchBudget = new PatchBudget(settings.patchesAhead());
    FeatureCache features = lease.features(settings.featureCacheBytes());
    metrics = new PerceiveMetrics(getMetricGroup(), lease.loadSeconds(), line::size, features);
    host =
        parts.host(
            name,
            lease.model().newEngine(settings.engine(), features),
            new FromEngine(),
            lease::close);
    preparation =
        new Preparation(
            parts.preparers(name + "-prepare", settings.prepareThreads()),
            host,
            patchBudget,
            settings.media(),
            settings.keepsFeatures(),
            new FromPreparation());
    host.start();
    restore();
  }

  private void restore() throws Exception {
    List<InFlight> unfinished = new ArrayList<>();
    for (PerceiveState.Restored restored : state.readAll(lease.model().fingerprint())) {
      StoredProgress reached = restored.progress();
      requireSampler(restored);
      InFlight entry = line.add(restored);
      if (reached.reason() != null) {
        entry.end(
            new Outcome.Written(
                reached.tokens(),
                reached.promptTokens(),
                reached.reason(),
                reached.logProbabilities()));
      } else {
        unfinished.add(entry);
      }
    }
    // What was running runs again before what was not; each goes on in its old order.
    unfinished.sort(Comparator.comparing(InFlight::storedPhase).reversed());
    for (InFlight entry : unfinished) {
      begin(entry);
    }
    // Output begins with the first mail: operators behind this one may not be open yet.
    mail("emit what was finished before the restart", this::emitEveryKey);
  }

  /** State that was cut or mixed up must not go on as if it were whole. */
  private static void requireSampler(PerceiveState.Restored restored) {
    SamplerState sampler = restored.progress().sampler();
    int tokens = restored.progress().tokens().length;
    SamplerState expected = SamplerState.of(restored.queued().request().sampling(), tokens);
    if (!sampler.unknown() && !sampler.equals(expected)) {
      throw new IllegalStateException(
          "state of key %s, request %d: the sampler stands at draw %d of seed %d, and its tokens at draw %d of seed %d"
              .formatted(
                  restored.key(),
                  restored.sequence(),
                  sampler.position(),
                  sampler.seed(),
                  expected.position(),
                  expected.seed()));
    }
  }

  @Override
  public void processElement(StreamRecord<PerceptionRequest> record) throws Exception {
    String key = record.getValue().key();
    InFlight entry = line.add(line.nextSequence(key), QueuedRequest.of(record));
    state.add(entry);
    begin(entry);
    // The request is in state already, so a checkpoint may be taken while this one yields.
    while (isFull()) {
      mailbox.yield();
    }
  }

  /** One request is always let in, however large it is. */
  private boolean isFull() {
    return line.size() > requestsInFlight || (line.size() > 1 && line.bytes() > bytesInFlight);
  }

  /** Requests whose results have not left. */
  int inFlight() {
    return line.size();
  }

  /** Events that have some of their tokens and want more. */
  List<String> generating() {
    return line.all().stream()
        .filter(entry -> !entry.done())
        .filter(entry -> host.progress(entry.id()).filter(p -> p.tokens().length > 0).isPresent())
        .map(entry -> entry.request().subject().eventId())
        .toList();
  }

  private void begin(InFlight entry) throws Exception {
    RequestKind kind = entry.request().subject().kind();
    if (!kind.generates()) {
      entry.begin();
      boolean failed = kind == RequestKind.FAILED_PAGE;
      entry.end(failed ? new Outcome.FailedBefore() : new Outcome.Passed());
      mail("emit what needs no model", () -> emit(entry.key()));
      return;
    }
    firstTokens.watch(entry);
    beginIfAllIsKnown(entry);
  }

  /** What tells of the captions before it waits until it is the first of its key. */
  private void beginIfAllIsKnown(InFlight entry) throws Exception {
    PerceptionRequest request = entry.request();
    if (EarlierCaptions.areToldBy(request)) {
      if (line.first(entry.key()).orElse(null) != entry) {
        return;
      }
      request = EarlierCaptions.tell(request, state.captions(entry.key()));
    }
    entry.begin();
    preparation.begin(entry, request);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    line.hold(mark);
    emitWatermarks();
  }

  /** Idleness waits as a watermark does: while something is in flight, more will come. */
  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    boolean wasHeld = idleHeld;
    idleHeld = status.isIdle();
    if (status.isActive() && !wasHeld) {
      super.processWatermarkStatus(status);
    }
    emitWatermarks();
  }

  @Override
  public void endInput() throws Exception {
    while (line.size() > 0) {
      mailbox.yield();
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (InFlight entry : line.all()) {
      Optional<StoredProgress> reached = reached(entry);
      if (reached.isPresent()) {
        state.update(entry, reached.get());
      }
      Optional<List<float[]>> rows = host.engine().takeFeatures(entry.id());
      if (rows.isPresent()) {
        state.keep(entry, new StoredFeatures(lease.model().fingerprint(), rows.get()));
        entry.storesFeatures();
      }
    }
  }

  /** Progress that state lacks. What failed has none: it is computed again and fails again. */
  private Optional<StoredProgress> reached(InFlight entry) {
    Optional<StoredProgress> reached =
        entry.outcome() instanceof Outcome.Written written
            ? Optional.of(StoredProgress.of(written, entry))
            : host.progress(entry.id())
                .map(p -> StoredProgress.of(p, entry))
                .filter(p -> p.reason() != null || p.phase() != Phase.FINISHED);
    return reached.filter(entry::outgrowsState);
  }

  private void end(String id, Outcome outcome) throws Exception {
    end(id, entry -> outcome);
  }

  private void end(String id, Function<InFlight, Outcome> outcome) throws Exception {
    Optional<InFlight> entry = line.find(id);
    if (entry.isPresent()) {
      entry.get().end(outcome.apply(entry.get()));
      firstTokens.forget(id);
      emit(entry.get().key());
    }
  }

  private void emitEveryKey() throws Exception {
    for (String key : line.all().stream().map(InFlight::key).distinct().toList()) {
      emit(key);
    }
  }

  private void emit(String key) throws Exception {
    for (Optional<InFlight> next = line.takeDone(key);
        next.isPresent();
        next = line.takeDone(key)) {
      state.remove(next.get());
      emit(next.get());
    }
    Optional<InFlight> first = line.first(key).filter(entry -> !entry.begun());
    if (first.isPresent()) {
      beginIfAllIsKnown(first.get());
    }
    emitWatermarks();
  }

  private void emit(InFlight entry) throws Exception {
    metrics.left(System.nanoTime() - entry.arrivedNanos());
    if (entry.outcome() instanceof Outcome.Failed failed) {
      emitDeadLetter(entry, failed);
    }
    Perceived perceived = perceived(entry);
    remember(entry.request(), perceived);
    output.collect(entry.queued().record(perceived));
  }

  /** Captions of a video are remembered until its stream ends. */
  private void remember(PerceptionRequest request, Perceived perceived) throws Exception {
    RequestKind kind = request.subject().kind();
    if (kind == RequestKind.STREAM_END) {
      state.forgetCaptions(request.key());
    } else if (kind == RequestKind.WINDOW
        && perceived instanceof Perceived.Generated generated
        && generated.text() != null) {
      state.addCaption(request.key(), generated.text(), EarlierCaptions.keptBehind(request));
    }
  }

  private void emitWatermarks() throws Exception {
    for (Optional<Watermark> mark = line.takeWatermark();
        mark.isPresent();
        mark = line.takeWatermark()) {
      super.processWatermark(mark.get());
    }
    if (idleHeld && line.size() == 0) {
      idleHeld = false;
      super.processWatermarkStatus(WatermarkStatus.IDLE);
    }
  }

  private void emitDeadLetter(InFlight entry, Outcome.Failed failed) {
    metrics.deadLetter();
    RawRecord source = DeadLetterSource.of(entry.request());
    String stage = failed.stage().label();
    int page = entry.request().subject().page();
    DeadLetter letter =
        page > 0
            ? DeadLetter.ofPage(source, stage, failed.error(), page)
            : DeadLetter.of(source, stage, failed.error());
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    OutputRecord record =
        letter.toOutputRecord(settings.deadLetterTopic(), settings.jobName(), subtask);
    output.collect(DEAD_LETTERS, entry.queued().record(record));
  }

  private Perceived perceived(InFlight entry) throws Exception {
    PerceptionRequest request = entry.request();
    RawRecord source =
        request.subject().kind() == RequestKind.ENRICHMENT
            ? request.source() // its fields are passed on
            : DeadLetterSource.withoutValue(request.source());
    String fingerprint = lease.model().fingerprint();
    long seed = request.sampling().seed();
    if (request.subject().kind() == RequestKind.UNCHANGED_WINDOW) {
      return unchanged(request, source, fingerprint);
    }
    if (entry.outcome() instanceof Outcome.Passed) {
      return new Perceived.Passed(request.subject(), source, fingerprint, seed);
    }
    if (!(entry.outcome() instanceof Outcome.Written written)) {
      return new Perceived.Failed(request.subject(), source, fingerprint, seed);
    }
    LoadedModel.Reply reply =
        request.constraint() == null
            ? lease.model().read(written.tokens())
            : lease.model().readPlain(written.tokens());
    return new Perceived.Generated(
        request.subject(),
        source,
        fingerprint,
        seed,
        reply.text(),
        reply.thinking(),
        written.tokens(),
        written.promptTokens(),
        written.reason(),
        written.logProbabilities());
  }

  /** The caption before it once more, without a token of its own; empty when there is none. */
  private Perceived unchanged(PerceptionRequest request, RawRecord source, String fingerprint)
      throws Exception {
    List<String> captions = state.captions(request.key());
    return new Perceived.Generated(
        request.subject(),
        source,
        fingerprint,
        request.sampling().seed(),
        captions.isEmpty() ? "" : captions.get(captions.size() - 1),
        null,
        new int[0],
        0,
        FinishReason.STOP,
        new float[0]);
  }

  /** Sends work to the task's thread; once the operator closes nobody needs it any more. */
  private void mail(String what, ThrowingRunnable<Exception> work) {
    try {
      mailbox.execute(
          () -> {
            if (!closing) {
              work.run();
            }
          },
          what);
    } catch (RejectedExecutionException e) {
      LOG.debug("the mailbox is closed: {}", what);
    }
  }

  private void fail(String what, Throwable cause) {
    mail(
        what,
        () -> {
          throw new FlinkRuntimeException(what, cause);
        });
  }

  @Override
  public void close() throws Exception {
    closing = true;
    if (preparation != null) {
      preparation.close();
    }
    if (host != null) {
      host.close();
    } else if (lease != null) {
      lease.close();
    }
    super.close();
  }

  /** What the engine's thread reports. */
  private final class FromEngine implements EngineHost.Listener {
    @Override
    public void stepped(StepReport report) {
      metrics.stepped(report);
      firstTokens.stepped(report, host.engine(), metrics);
      patchBudget.encoded(report.patches() + report.reuse().patchesReused());
      if (report.running() == 0 && report.waiting() == 0) {
        patchBudget.settle();
      }
      List<Progress> finished = report.finished();
      if (!finished.isEmpty()) {
        mail("take finished requests", () -> take(finished));
      }
    }

    private void take(List<Progress> finished) throws Exception {
      for (Progress progress : finished) {
        host.engine().release(progress.id());
        end(progress.id(), entry -> outcome(progress, entry.resumeLogProbabilities()));
      }
    }

    private Outcome outcome(Progress progress, float[] before) {
      FinishReason reason = progress.finishReason();
      return switch (reason) {
        case STOP, LENGTH ->
            new Outcome.Written(
                progress.tokens(),
                progress.promptTokens(),
                reason,
                StoredProgress.joined(
                    before, progress.logProbabilities(), progress.tokens().length));
        case ERROR, CANCELLED ->
            new Outcome.Failed(
                Stage.PERCEIVE_GENERATE, new GenerationFailedException(progress.error()));
      };
    }

    @Override
    public void starved(long nanos) {
      metrics.starved(nanos);
    }

    @Override
    public void failed(Throwable cause) {
      fail("the engine failed", cause);
    }
  }

  /** What the pool reports. */
  private final class FromPreparation implements Preparation.Listener {
    @Override
    public void rejected(String id, Exception why) {
      mail(
          "take a rejected request", () -> end(id, new Outcome.Failed(Stage.PERCEIVE_DECODE, why)));
    }

    @Override
    public void failed(Throwable cause) {
      fail("a request could not be prepared", cause);
    }
  }
}
