using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Coordinator.Core.Contention;
using Coordinator.Tables;

namespace Coordinator.Benchmarks.Contention;

/// <summary><c>accounting</c>: measures the cost of contention accounting, and the response time of the operator's page.</summary>
internal static class AccountingCommand
{
    private const int Warmup = 4;

    public static Command Create()
    {
        var tables = new Option<int>("--tables") { Description = "How many tables.", DefaultValueFactory = static _ => 10_000 };
        var intents = new Option<int>("--intents") { Description = "Intents a second, over all tables.", DefaultValueFactory = static _ => 50_000 };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Seconds of load for each of the two, side by side.",
            DefaultValueFactory = static _ => 20
        };
        var command = new Command("accounting", "What accounting adds to the queues of many tables, and how long /contention, /api/contention and "
            + "/metrics of a real silo-host take under that load.") { tables, intents, rounds };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var names = Enumerable.Range(0, arguments.GetValue(tables))
                .Select(static i => TableName.Parse(string.Create(CultureInfo.InvariantCulture, $"public.table_{i:00000}"))).ToArray();
            // Redshift's default first, then the smallest batch possible: one turn for each intent.
            Compare(names, arguments.GetValue(intents), arguments.GetValue(rounds), TimeSpan.FromSeconds(2));
            Compare(names, arguments.GetValue(intents), arguments.GetValue(rounds), TimeSpan.Zero);
            await RefreshRun.RunAsync(names, arguments.GetValue(intents), cancellationToken);
        });
        return command;
    }

    private static void Compare(TableName[] names, int intents, int rounds, TimeSpan flush)
    {
        var without = new SimulatedTables(names, null, flush);
        var with = new SimulatedTables(names, static name => new TableAccount(name, "silo", TimeProvider.System), flush);
        var costs = (Without: new List<double>(), With: new List<double>());
        for (var i = 0; i < rounds + Warmup; i++)
        {
            var (a, b) = (Measure(without, intents), Measure(with, intents));
            if (i < Warmup) continue;
            costs.Without.Add(a);
            costs.With.Add(b);
        }

        var (plain, accounted) = (Median(costs.Without), Median(costs.With));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{names.Length:N0} tables, {intents:N0} intents/s, a turn "
                + $"{(flush > TimeSpan.Zero ? $"every {flush.TotalSeconds:0} s" : "for every intent")}: queues {plain:0.0} ms of CPU a second "
                + $"without accounts, {accounted:0.0} ms with them: {(accounted - plain) / 10:0.00} % of a core more (medians of {rounds})"));
    }

    private static double Measure(SimulatedTables tables, int intents)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        tables.RunSecond(intents);
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
