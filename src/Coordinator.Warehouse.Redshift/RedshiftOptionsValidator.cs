using Coordinator.Warehouse.Redshift.Staging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Redshift;

/// <summary>Reports all mistakes in the options at once, and never the connection string, which contains the password.</summary>
internal sealed class RedshiftOptionsValidator : IValidateOptions<RedshiftWarehouseOptions>
{
    private const string Example =
        "expected such as Host=cluster.abc.eu-west-1.redshift.amazonaws.com;Port=5439;Database=warehouse;Username=coordinator.";

    public ValidateOptionsResult Validate(string? name, RedshiftWarehouseOptions options)
    {
        var mistakes = new List<string>();
        if (ConnectionMistake(options.ConnectionString) is { } mistake) mistakes.Add($"ConnectionString {mistake}");
        if (string.IsNullOrWhiteSpace(options.ApplicationName)) mistakes.Add("ApplicationName is empty; expected a name such as coordinator/silo-1.");
        if (options.MaxConnections is < 1 or > 500) mistakes.Add($"MaxConnections is {options.MaxConnections}; expected 1 to 500.");
        if (options.MaxConcurrentCommits is < 1 or > 50) mistakes.Add($"MaxConcurrentCommits is {options.MaxConcurrentCommits}; expected 1 to 50.");
        Check(mistakes, nameof(options.CommandTimeout), options.CommandTimeout, TimeSpan.FromSeconds(1));
        Check(mistakes, nameof(options.FenceTimeout), options.FenceTimeout, TimeSpan.FromMilliseconds(1));
        Check(mistakes, nameof(options.FrozenAfter), options.FrozenAfter, TimeSpan.FromSeconds(1));
        Check(mistakes, nameof(options.OutcomeTimeout), options.OutcomeTimeout, TimeSpan.FromSeconds(1));
        Check(mistakes, nameof(options.PruneInterval), options.PruneInterval, TimeSpan.FromMinutes(1));
        if (options.LedgerRetention < TimeSpan.FromHours(1))
            mistakes.Add($"LedgerRetention is {options.LedgerRetention}; expected an hour or more: the ledger must remember every intent that may "
                + $"be submitted again.");
        mistakes.AddRange(StagingOptionsCheck.Mistakes(options.Staging));
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static void Check(List<string> mistakes, string setting, TimeSpan value, TimeSpan least)
    {
        if (value < least || value > TimeSpan.FromDays(1)) mistakes.Add($"{setting} is {value}; expected {least} to {TimeSpan.FromDays(1)}.");
    }

    private static string? ConnectionMistake(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is null ? $"names no Host; {Example}" : null;
        }
        catch (ArgumentException)
        {
            return $"cannot be read; {Example}";
        }
    }
}
