using System.CommandLine;
using Coordinator.Core.Auditing;
using Coordinator.Core.Warehouses;
using Coordinator.Hosting;
using Coordinator.Tables;

namespace Coordinator.ClientHost.Commands;

/// <summary>A query of the ledgers for a table and a time span.</summary>
internal abstract class AuditQueryCommand : ClientCommand
{
    private const int MaxLimit = 100_000;

    private readonly Option<string?> _table =
        new("--table", "-t") { Description = "The table: name or schema.name. By default all that have a ledger." };
    private readonly Option<string> _since;
    private readonly Option<string?> _until = new("--until") { Description = "Until when, likewise. By default until now." };
    private readonly Option<int> _limit = new("--limit")
    {
        Description = "The most answers, the newest first.",
        DefaultValueFactory = static _ => 100
    };

    protected AuditQueryCommand(string name, string description, string since, CommandContext context)
        : base(name, description, context)
    {
        _since = new Option<string>("--since")
        {
            Description = "Since when: how long ago (90s, 15m, 1h, 7d), or a time.",
            DefaultValueFactory = _ => since
        };
        foreach (var option in new Option[] { _table, _since, _until, _limit }) Options.Add(option);
        _limit.Validators.Add(result =>
        {
            if (result.GetValue(_limit) is < 1 or > MaxLimit) result.AddError($"--limit takes 1 to {MaxLimit}.");
        });
    }

    protected abstract Task AskAsync(LedgerAudit audit, TableName? table, AuditSpan span, CommandOutput output, CancellationToken cancellationToken);

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        TableName? table = arguments.GetValue(_table) is { } name ? TableName.Parse(name) : null;
        var now = TimeProvider.System.GetUtcNow();
        var since = At("--since", arguments.GetRequiredValue(_since), now);
        var until = arguments.GetValue(_until) is { } text ? At("--until", text, now) : now;
        if (since >= until) throw new FormatException($"--since ({since:u}) is not before --until ({until:u}).");
        var settings = Context.ReadSettings();
        var services = new ServiceCollection().AddLogging().AddLedgerAudit(settings);
        await using var provider = services.BuildServiceProvider();
        try
        {
            await AskAsync(provider.GetRequiredService<LedgerAudit>(), table, new AuditSpan(since, until, arguments.GetValue(_limit)), output,
                cancellationToken);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new WarehouseException(FailureKind.Unavailable, "Interrupted before the warehouse had answered.");
        }
        catch (WarehouseException e) when (e.Kind != FailureKind.Rejected)
        {
            var provided = settings[$"{WarehouseOptions.Section}:{nameof(WarehouseOptions.Provider)}"] ?? nameof(WarehouseProvider.DuckDb);
            throw new WarehouseException(
                e.Kind, $"{e.Message.TrimEnd('.')}. Asked was {WarehouseOptions.Section}:Provider {provided}; give it and :ConnectionString as the "
                    + $"silo has them, by settings file, environment or command line.", e);
        }
    }

    private static DateTimeOffset At(string option, string text, DateTimeOffset now) =>
        Instant.Parse(text, now) ?? throw new FormatException($"{option} is '{text}'; {Instant.Expected}.");
}
