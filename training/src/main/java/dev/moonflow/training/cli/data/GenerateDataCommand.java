package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.Generator;
import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.data.job.Origin;
import dev.moonflow.training.data.render.FontSet;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow data generate}. */
@Command(
    name = "generate",
    header = "Make examples of our own.",
    description = {
      "Draws and writes examples from a seed. Started again after a kill, it makes the shards"
          + " that are missing, byte for byte as they would have been."
    },
    mixinStandardHelpOptions = true)
public final class GenerateDataCommand implements Callable<Integer> {
  @Option(
      names = "--category",
      split = ",",
      paramLabel = "NAME[=WEIGHT]",
      description =
          "Categories (caption, interleaved, ocr, knowledge, agent, video, text, instruction,"
              + " reasoning) or single generators (--list), each with a weight if not 1.")
  private List<String> categories = List.of();

  @Option(names = "--count", paramLabel = "N", description = "Examples in all.")
  private long count;

  @Option(
      names = "--fonts",
      split = ",",
      paramLabel = "FAMILY",
      description =
          "Font families to draw with; all for every one there is (default: common ones).")
  private List<String> fonts = List.of();

  /** What is shown instead of made. */
  @Option(names = "--list", description = "Name the generators and stop.")
  private boolean list;

  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    return JobRun.guarded(this::run);
  }

  private int run() {
    Generators generators = Generators.standard();
    if (list) {
      generators
          .all()
          .forEach(
              each ->
                  System.out.printf("%-12s %s%n", SampleCodec.name(each.category()), each.name()));
      return JobRun.OK;
    }
    if (count < 1 || categories.isEmpty()) {
      throw new SampleException("generate needs --category and a --count of at least 1");
    }
    SortedMap<String, Double> mix = new TreeMap<>();
    for (String entry : categories) {
      add(mix, entry, generators);
    }
    Origin origin = new Origin.Generated(mix, count);
    return JobRun.run(output, output.recipe(origin, count, families()));
  }

  private List<String> families() {
    if (fonts.isEmpty()) {
      return fonts;
    }
    List<String> here = FontSet.available().families();
    if (fonts.equals(List.of("all"))) {
      return here;
    }
    for (String font : fonts) {
      if (!here.contains(font)) {
        throw new SampleException(
            "there is no font family \"%s\" on this machine; there are %s"
                .formatted(font, String.join(", ", new TreeSet<>(here))));
      }
    }
    return fonts;
  }

  private static void add(SortedMap<String, Double> mix, String entry, Generators generators) {
    int equals = entry.indexOf('=');
    String name = equals < 0 ? entry : entry.substring(0, equals);
    double weight = 1;
    if (equals >= 0) {
      try {
        weight = Double.parseDouble(entry.substring(equals + 1));
      } catch (NumberFormatException e) {
        weight = Double.NaN;
      }
      if (!(weight > 0 && weight < 1e9)) {
        throw new SampleException("the weight in \"" + entry + "\" must be a positive number");
      }
    }
    List<Generator> chosen = new ArrayList<>();
    for (Category category : Category.values()) {
      if (SampleCodec.name(category).equals(name)) {
        chosen.addAll(generators.of(category));
      }
    }
    if (chosen.isEmpty()) {
      if (!name.contains("-")) {
        throw new SampleException(
            "there is no category \""
                + name
                + "\"; there are "
                + String.join(
                    ", ", Arrays.stream(Category.values()).map(SampleCodec::name).toList()));
      }
      chosen.add(generators.named(name));
    }
    for (Generator generator : chosen) {
      mix.merge(generator.name(), weight / chosen.size(), Double::sum);
    }
  }
}
