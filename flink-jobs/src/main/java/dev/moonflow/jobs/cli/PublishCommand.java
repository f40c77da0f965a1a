package dev.moonflow.jobs.cli;

import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.cli.publish.EventBuilder;
import dev.moonflow.jobs.cli.publish.EventSender;
import dev.moonflow.jobs.cli.publish.FileScan;
import dev.moonflow.jobs.cli.publish.InputFile;
import dev.moonflow.jobs.cli.publish.OutgoingEvent;
import dev.moonflow.jobs.cli.publish.PublishCounts;
import dev.moonflow.jobs.cli.publish.PublishRequest;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow publish}: files become events. */
@Command(
    name = "publish",
    header = "Publish images, PDFs, TIFFs, videos and folders as events.",
    description = {
      "%nAn image becomes an image event (described, or read with --task ocr, or asked about with"
          + " --question); a PDF or a TIFF becomes a document event, read page by page; a video"
          + " becomes a frame event per frame taken. What a file is, its first bytes say.",
      "%nAn address (rtsp://, rtmp://, http://, udp://) is a live source: its frames are published"
          + " as they come, over lost connections, until Ctrl-C. With --stream a folder of images is"
          + " one video, its files in the order of their names, --fps of them a second."
    },
    footer = {
      "",
      "Examples:",
      "  moonflow publish scan.png --task ocr",
      "  moonflow publish photos/ --question \"How many people are there?\"",
      "  moonflow publish archive/ --claim-check file:///srv/scans --source-id archive",
      "  moonflow publish gate.mp4 --stream gate --fps 2 --start 2026-11-22T08:00:00Z",
      "  moonflow publish timelapse/ --stream roof --fps 1",
      "  moonflow publish rtsp://10.0.0.7/main --stream gate --fps 1 --for 3600"
    })
final class PublishCommand implements Callable<Integer> {
  /** Tasks of an image. */
  enum Task {
    OCR,
    CAPTION,
    PAGE
  }

  private final Console console;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files and folders, or the address of one live source.")
  private List<String> inputs;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = {
        "What to do with images: caption, ocr (as a whole), or page",
        "(as a document of one page, of which lines may be found)",
        "(default: caption)."
      })
  private Task task;

  @Option(
      names = {"-q", "--question"},
      paramLabel = "TEXT",
      description = "Ask this about each image.")
  private String question;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "Replace the prompt of the task, the document or the frames.")
  private String prompt;

  @Option(
      names = "--source-id",
      paramLabel = "ID",
      description = "Source of all events, which keeps their order; without it each file is one.")
  private String sourceId;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "1",
      description = "Frames to take of each second of a video (default: ${DEFAULT-VALUE}).")
  private double framesPerSecond;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description =
          "Stream id of one video, of one live source, or of a folder whose images are frames.")
  private String stream;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "When a video or sequence begins, ISO 8601 in UTC, or now (default: the file's time).")
  private String start;

  @Option(names = "--for", paramLabel = "SECONDS", description = "End a live source after so long.")
  private Integer forSeconds;

  @Option(
      names = "--claim-check",
      paramLabel = "FOLDER",
      description =
          "Write larger files to this folder or URI and publish references to them; the job must"
              + " reach it and allow it (moonflow.claim-check.allowed-prefixes).")
  private String claimCheckFolder;

  @Option(
      names = "--inline-max",
      paramLabel = "BYTES",
      defaultValue = "" + PublishRequest.DEFAULT_INLINE_BYTES_MAX,
      description = "Files up to this size travel inside the event (default: ${DEFAULT-VALUE}).")
  private long inlineBytesMax;

  @Mixin private GenerationOptionsMixin generation;
  @Mixin private ConnectionOptions connection;

  PublishCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    PublishRequest request = request();
    Settings settings = connection.orLocal();
    boolean live = inputs.stream().anyMatch(LiveVideo::isAddress);
    if (live && inputs.size() > 1) {
      throw new UserException("An address is published alone, by a command of its own.");
    }
    FileScan scan =
        live
            ? new FileScan(List.of(), List.of())
            : FileScan.of(inputs.stream().map(Path::of).toList());
    if (!live) {
      checkFiles(scan);
    }
    Instant begun = Instant.now();
    try (Lifetime lifetime = new Lifetime()) {
      try (Cluster cluster = new Cluster(settings)) {
        cluster.require(
            TopicNames.of(settings, Topics.inputs()),
            "start the job first (moonflow run --create-topics), or create them");
      }
      Registry.register(settings, Topics.inputs());
      EventSender sender = lifetime.add(new EventSender(settings));
      EventBuilder builder = new EventBuilder(request, note -> console.note("moonflow: " + note));
      PublishCounts counts =
          live ? sendLive(builder, sender, lifetime) : send(scan.files(), builder, sender);
      String time = Quantities.time(Duration.between(begun, Instant.now()));
      console.line(
          "Published " + counts.sentence() + "; " + Quantities.bytes(sender.bytes()) + ", " + time);
    }
    if (!scan.skipped().isEmpty()) {
      console.line(
          "Skipped "
              + Quantities.count(scan.skipped().size(), "file")
              + " of other types, the first: "
              + scan.skipped().get(0));
    }
    return ExitCodes.OK;
  }

  private PublishCounts send(List<InputFile> files, EventBuilder builder, EventSender sender)
      throws Exception {
    PublishCounts counts = new PublishCounts();
    if (stream != null && isSequence(files)) {
      builder.buildSequence(files, event -> count(event, sender, counts));
      sender.flush();
      return counts;
    }
    try (ProgressBar bar = bar(files.size())) {
      for (InputFile file : files) {
        if (bar != null) {
          bar.setExtraMessage(file.name());
        }
        builder.build(file, event -> count(event, sender, counts));
        if (bar != null) {
          bar.step();
        }
      }
      sender.flush();
    }
    return counts;
  }

  private static void count(OutgoingEvent event, EventSender sender, PublishCounts counts)
      throws Exception {
    sender.send(event);
    counts.add(event);
  }

  /** The images of a folder, or what was given as such. */
  private static boolean isSequence(List<InputFile> files) {
    return files.size() > 1 || files.get(0).kind() == InputFile.Kind.IMAGE;
  }

  private void checkFiles(FileScan scan) {
    if (scan.files().isEmpty()) {
      throw new UserException("There is no image, document or video to publish.");
    }
    if (forSeconds != null) {
      throw new UserException("--for ends a live source; a file ends by itself.");
    }
    if (stream != null && inputs.size() > 1) {
      throw new UserException("--stream names one video, one folder or one live source.");
    }
  }

  private PublishCounts sendLive(EventBuilder builder, EventSender sender, Lifetime lifetime)
      throws Exception {
    String address = inputs.get(0);
    PublishCounts counts = new PublishCounts();
    LiveVideo live =
        lifetime.add(
            new LiveVideo(
                address,
                framesPerSecond,
                MediaLimits.DEFAULT,
                LiveVideo.Pauses.DEFAULT,
                Clock.systemUTC(),
                (why, pause) ->
                    console.note(
                        "moonflow: %s; connecting again in %s."
                            .formatted(why, Quantities.time(pause)))));
    if (forSeconds != null) {
      CompletableFuture.delayedExecutor(forSeconds, TimeUnit.SECONDS).execute(live::close);
    }
    builder.buildLive(live, address, event -> count(event, sender, counts));
    sender.flush();
    return counts;
  }

  /** Null where nobody watches. */
  private ProgressBar bar(int files) {
    if (!console.terminal()) {
      return null;
    }
    return new ProgressBarBuilder()
        .setTaskName("Publishing")
        .setInitialMax(files)
        .setUnit(" files", 1)
        .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
        .setUpdateIntervalMillis(100)
        .setMaxRenderedLength(console.width() - 1)
        .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.width() - 1))
        .clearDisplayOnFinish()
        .build();
  }

  private PublishRequest request() {
    if (question != null && task != null) {
      throw new UserException("Give --task or --question, not both.");
    }
    if (question != null && prompt != null) {
      throw new UserException("Give --prompt or --question, not both.");
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 240)) {
      throw new UserException(
          "--fps must lie above 0 and at most at 240, got " + framesPerSecond + ".");
    }
    if (stream != null && (sourceId != null || task != null || question != null)) {
      throw new UserException("Give --stream without --source-id, --task and --question.");
    }
    if (stream != null && stream.isBlank()) {
      throw new UserException("--stream must not be empty.");
    }
    if (forSeconds != null && forSeconds < 1) {
      throw new UserException("--for must be at least 1, got " + forSeconds + ".");
    }
    if (inlineBytesMax < 0) {
      throw new UserException("--inline-max must not be negative, got " + inlineBytesMax + ".");
    }
    return new PublishRequest(
        task == null ? null : task.name().toLowerCase(java.util.Locale.ROOT),
        question,
        prompt,
        stream == null ? sourceId : stream,
        framesPerSecond,
        startTime(),
        generation.forEvent(),
        inlineBytesMax,
        claimCheckFolder == null ? null : uri(claimCheckFolder),
        Long.toString(System.currentTimeMillis(), 36));
  }

  private Instant startTime() {
    if (start == null || start.equals("now")) {
      return start == null ? null : Instant.now();
    }
    try {
      return Instant.parse(start);
    } catch (DateTimeException e) {
      throw new UserException(
          "--start must be a time such as 2026-11-22T08:00:00Z, or now, got " + start + ".", e);
    }
  }

  /** A URI as it is, a path as the URI of its folder. */
  private static URI uri(String folder) {
    try {
      URI uri = URI.create(folder);
      if (uri.getScheme() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Not a URI, so it is a path: blanks are allowed in those.
      return Path.of(folder).toAbsolutePath().normalize().toUri();
    }
    return Path.of(folder).toAbsolutePath().normalize().toUri();
  }
}
