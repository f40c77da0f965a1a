package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.render.ContactSheet;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.ShardSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow data inspect}. */
@Command(
    name = "inspect",
    header = "Check a folder of shards, count what is in it, and show some of it on one picture.",
    mixinStandardHelpOptions = true)
public final class InspectDataCommand implements Callable<Integer> {
  private static final int COLUMNS = 5;

  @Parameters(arity = "1", paramLabel = "DIR", description = "A folder of shards.")
  private Path folder;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description = "Where the picture goes (default: DIR/contact-sheet.png).")
  private Path sheet;

  @Option(
      names = "--show",
      defaultValue = "25",
      paramLabel = "N",
      description = "Examples on the picture (default: ${DEFAULT-VALUE}).")
  private int show;

  /** Counts of one kind of example. */
  private static final class Tally {
    private long examples;
    private long images;
    private long pixels;
    private long characters;
    private long regions;

    void add(Sample sample) {
      examples++;
      regions += sample.regions().size();
      for (Part part : sample.parts()) {
        if (part instanceof Part.Image image) {
          images++;
          pixels += (long) image.width() * image.height();
        } else {
          characters += ((Part.Text) part).text().length();
        }
      }
    }

    String line(String name) {
      return "%-34s %,10d %,10d %,12d %,12d %,12d"
          .formatted(
              name,
              examples,
              images,
              images == 0 ? 0 : pixels / images,
              characters / examples,
              regions);
    }
  }

  @Override
  public Integer call() {
    return JobRun.guarded(this::run);
  }

  private int run() throws IOException {
    TreeMap<String, Tally> tallies = new TreeMap<>();
    List<Sample> shown = new ArrayList<>();
    try (ShardSet set = ShardSet.open(folder)) {
      set.verify();
      long size = set.size();
      long step = Math.max(1, size / Math.max(1, show));
      long index = 0;
      for (Sample sample : set) {
        String category = SampleCodec.name(sample.category());
        tallies.computeIfAbsent(category, name -> new Tally()).add(sample);
        tallies.computeIfAbsent(category + "  " + sample.topic(), name -> new Tally()).add(sample);
        if (index++ % step == 0 && shown.size() < show) {
          shown.add(sample);
        }
      }
      System.out.printf(
          "%s: %,d examples in %,d shards, seed %d, recipe %s%n",
          folder,
          size,
          set.manifest().shards().size(),
          set.manifest().seed(),
          set.manifest().recipe());
    }
    System.out.printf(
        "%-34s %10s %10s %12s %12s %12s%n",
        "", "examples", "images", "pixels/image", "characters", "regions");
    tallies.forEach((name, tally) -> System.out.println(tally.line(name)));
    if (!shown.isEmpty()) {
      Path file = sheet == null ? folder.resolve("contact-sheet.png") : sheet;
      Part.Image png = Images.png(Role.NONE, ContactSheet.of(shown, COLUMNS));
      Files.write(file, png.encoded());
      System.out.println("Look at " + file);
    }
    return JobRun.OK;
  }
}
