package io.shufflenet.spark.job;

/** What hinders an executor, and what a person can do about it. */
record DoctorFault(String what, String cure) {}
