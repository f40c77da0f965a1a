package dev.moonflow.training.network;

import org.bytedeco.pytorch.Tensor;

/**
 * What a forward pass over a batch gives.
 *
 * @param lossSum scalar with gradient: sum over targets of weight times -log p(token)
 * @param weight sum of the target weights, what the loss is divided by
 * @param balanceLoss scalar with gradient: the sequence-wise expert balance loss, not yet weighted
 * @param load choices of each expert in this batch
 */
public record ForwardResult(Tensor lossSum, double weight, Tensor balanceLoss, ExpertLoad load) {}
