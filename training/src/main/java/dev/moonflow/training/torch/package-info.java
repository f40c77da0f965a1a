/**
 * LibTorch as this project uses it: memory scopes, copies between Java arrays and tensors, number
 * formats, and the operators behind one readable face. The presets crash on a null or a wrong
 * overload instead of throwing, so every operator that training calls stands in {@link
 * dev.moonflow.training.torch.Ops} and is run once by a test.
 */
package dev.moonflow.training.torch;
