package dev.moonflow.training.cli;

import dev.moonflow.training.experiment.OptimizerExperiment;
import dev.moonflow.training.experiment.ShardingExperiment;
import picocli.CommandLine.Command;

/** {@code moonflow experiment}: what the documents' measurements are made with. */
@Command(
    name = "experiment",
    description = "Repeats a measurement that the documents cite.",
    hidden = true,
    synopsisSubcommandLabel = "EXPERIMENT",
    subcommands = {OptimizerExperiment.class, ShardingExperiment.class},
    mixinStandardHelpOptions = true)
final class ExperimentCommand {}
