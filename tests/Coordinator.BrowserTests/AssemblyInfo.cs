// A browser, silos and servers are as much as a small machine can carry.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
