using Microsoft.Extensions.Options;
using Npgsql;

namespace Coordinator.Warehouse.Postgres;

/// <summary>Reports all mistakes in the options at once, and never the connection string, which contains the password.</summary>
internal sealed class PostgresOptionsValidator : IValidateOptions<PostgresWarehouseOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgresWarehouseOptions options)
    {
        var mistakes = new List<string>();
        if (ConnectionMistake(options.ConnectionString) is { } mistake) mistakes.Add($"ConnectionString {mistake}");
        if (string.IsNullOrWhiteSpace(options.ApplicationName)) mistakes.Add("ApplicationName is empty; expected a name such as coordinator/silo-1.");
        if (options.MaxPoolSize is < 1 or > 1000) mistakes.Add($"MaxPoolSize is {options.MaxPoolSize}; expected 1 to 1000.");
        Check(mistakes, nameof(options.CommandTimeout), options.CommandTimeout, TimeSpan.FromSeconds(1));
        Check(mistakes, nameof(options.FenceTimeout), options.FenceTimeout, TimeSpan.FromMilliseconds(1));
        Check(mistakes, nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromMilliseconds(1));
        Check(mistakes, nameof(options.FrozenAfter), options.FrozenAfter, TimeSpan.FromSeconds(1));
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
            return new NpgsqlConnectionStringBuilder(text).Host is null
                ? "names no Host; expected such as Host=localhost;Database=warehouse;Username=coordinator."
                : null;
        }
        catch (ArgumentException)
        {
            return "cannot be read; expected such as Host=localhost;Database=warehouse;Username=coordinator.";
        }
    }
}
