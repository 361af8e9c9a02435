// Each test starts many processes and measures nothing but right and wrong: one after another they take less of a machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
