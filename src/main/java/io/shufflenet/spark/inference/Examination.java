package io.shufflenet.spark.inference;

import java.io.Serializable;

/**
 * What is to be found out in an executor, in one task.
 *
 * @param <T> what it finds
 */
@FunctionalInterface
public interface Examination<T extends Serializable> extends Serializable {
  T examine();
}
