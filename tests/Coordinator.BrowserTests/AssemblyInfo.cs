// One browser with its silos and servers is all that a small machine can run at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
