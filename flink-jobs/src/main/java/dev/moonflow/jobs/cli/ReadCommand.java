package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.PrintableText;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.cli.read.AnswerJson;
import dev.moonflow.jobs.cli.read.FilePages;
import dev.moonflow.jobs.cli.read.LineReader;
import dev.moonflow.jobs.cli.read.PageAnswer;
import dev.moonflow.jobs.cli.read.PageReader;
import dev.moonflow.jobs.demo.DemoModel;
import dev.moonflow.jobs.demo.DemoModels;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.SamplingParameters;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow read}: one file, no Kafka. */
@Command(
    name = "read",
    header = "Read or describe one file here, without Kafka or Flink.",
    description =
        "%nWrites what the model says as it says it: about an image, or about each page of a PDF or"
            + " TIFF.",
    footer = {
      "",
      "Examples:",
      "  moonflow read letter.pdf",
      "  moonflow read scan.png --lines",
      "  moonflow read photo.jpg --task caption",
      "  moonflow read receipt.png --prompt \"What is the total?\" --json",
      "  moonflow read receipt.png --prompt \"What is it?\" --choices receipt,invoice,letter"
    })
final class ReadCommand implements Callable<Integer> {
  private static final int TOKENS_DEFAULT = 1024;
  private static final int TOKENS_DEFAULT_RANDOM = 48;

  /** What is asked where there is no prompt. */
  enum Task {
    OCR,
    CAPTION
  }

  private final Console console;
  private final Home home;

  @Parameters(paramLabel = "FILE", description = "An image, a PDF or a TIFF.")
  private Path file;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "ocr",
      description = "ocr or caption (default: ${DEFAULT-VALUE}).")
  private Task task;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "Ask this instead of the task's own prompt.")
  private String prompt;

  @Option(
      names = "--pages",
      paramLabel = "FROM-TO",
      description = "Only these pages, for example 3 or 2-5.")
  private String pages;

  @Option(
      names = "--dpi",
      paramLabel = "N",
      defaultValue = "144",
      description = "Resolution at which PDF pages are rendered (default: ${DEFAULT-VALUE}).")
  private int dpi;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = {
        "Folder of a checkpoint (default: models/moonlet",
        "if it is there, else a small random one)."
      })
  private Path model;

  @Option(
      names = "--lines",
      negatable = true,
      description = {
        "Find the lines of text first and read them one by one",
        "(the default where models/moonlet reads text)."
      })
  private Boolean lines;

  @Option(names = "--json", description = "One JSON object per page.")
  private boolean json;

  @Mixin private DeviceOption device;
  @Mixin private GenerationOptionsMixin generation;

  ReadCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    generation.check();
    if (dpi < 36 || dpi > 600) {
      throw new UserException("--dpi must lie in 36 to 600, got " + dpi + ".");
    }
    boolean plain = task == Task.OCR && prompt == null;
    if (Boolean.TRUE.equals(lines) && !(plain && generation.constraint() == null)) {
      throw new UserException("--lines reads text: it takes no caption, prompt or constraint.");
    }
    try (FilePages images = FilePages.open(file, dpi)) {
      PageRange range = PageRange.parse(pages, images.count());
      Steps steps = new Steps(console);
      DemoModel chosen = new DemoModels(home, steps).choose(model);
      boolean byLine =
          lines == null ? chosen.readsLines() && plain && generation.constraint() == null : lines;
      try (Kernels kernels = Kernels.open(device.choice())) {
        KimiVl loaded =
            steps.step(
                "loaded",
                "loading the model",
                () -> KimiVl.load(chosen.folder(), kernels),
                m -> "on " + kernels.device() + " (" + kernels.description() + ")");
        if (chosen.random()) {
          console.note("This checkpoint is random: the words below are noise.");
        }
        try (PageReader reader = new PageReader(loaded)) {
          int limit =
              generation.maxNewTokens(chosen.random() ? TOKENS_DEFAULT_RANDOM : TOKENS_DEFAULT);
          for (int page = range.first(); page <= range.last(); page++) {
            read(images, page, reader, byLine, loaded.fingerprint(), limit);
          }
        }
      }
    }
    return ExitCodes.OK;
  }

  private void read(
      FilePages images, int page, PageReader reader, boolean byLine, String fingerprint, int limit)
      throws Exception {
    String question = prompt == null ? defaultPrompt(images, byLine) : prompt;
    if (images.isDocument() && !json) {
      console.line(console.bold("--- page " + page + " of " + images.count()));
    }
    SamplingParameters sampling =
        new SamplingParameters(
            generation.temperature(), generation.topP(), generation.seed(), false);
    Consumer<String> show = json ? piece -> {} : piece -> console.piece(PrintableText.lines(piece));
    RgbImage image = images.image(page - 1);
    PageAnswer result =
        byLine
            ? new LineReader(reader).read(image, question, sampling, limit, show)
            : reader.read(image, question, sampling, limit, generation.constraint(), show);
    if (json) {
      String name = file.toString();
      console.line(AnswerJson.line(name, page, images.count(), question, fingerprint, result));
      return;
    }
    console.line("");
    console.note("  " + footer(result));
  }

  private static String footer(PageAnswer result) {
    double seconds = Math.max(1e-3, result.time().toMillis() / 1000.0);
    String end = result.reason() == FinishReason.LENGTH ? ", cut off by --max-new-tokens" : "";
    return Quantities.count(result.tokens().length, "token")
        + " after "
        + result.promptTokens()
        + " of prompt, "
        + Quantities.time(result.time())
        + String.format(Locale.ROOT, " (%.1f tokens/s)", result.tokens().length / seconds)
        + end;
  }

  private String defaultPrompt(FilePages images, boolean byLine) {
    if (byLine) {
      return SamplingOptions.PROMPT_LINE.defaultValue();
    }
    if (task == Task.CAPTION) {
      return SamplingOptions.PROMPT_CAPTION.defaultValue();
    }
    return images.isDocument()
        ? SamplingOptions.PROMPT_DOCUMENT.defaultValue()
        : SamplingOptions.PROMPT_OCR.defaultValue();
  }
}
