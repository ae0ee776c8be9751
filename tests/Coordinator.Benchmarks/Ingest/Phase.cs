namespace Coordinator.Benchmarks.Ingest;

/// <summary>One measured workload.</summary>
internal enum Phase
{
    /// <summary>One row a transaction, autocommit, prepared, over 16 connections, without Coordinator.</summary>
    PlainTransactions,

    /// <summary>One binary COPY over one connection, without Coordinator.</summary>
    PlainCopy,

    /// <summary>Intents of one row from 2,048 callers.</summary>
    OneRow,

    /// <summary>Intents of 100 rows from 128 callers.</summary>
    HundredRows,

    /// <summary>Intents of 1,000 rows from 32 callers.</summary>
    ThousandRows,
}
