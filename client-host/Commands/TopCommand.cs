using System.CommandLine;
using Coordinator.Top;
using Spectre.Console;

namespace Coordinator.ClientHost.Commands;

/// <summary><c>top</c>: shows the holders and waiters of each table, live in a terminal.</summary>
internal sealed class TopCommand : ClientCommand
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    private readonly Option<string> _url =
        new("--url") { Description = "A silo-host: it knows the tables of all silos.", DefaultValueFactory = static _ => "http://127.0.0.1:8080" };
    private readonly Option<ContentionSort> _sort = new("--sort")
    {
        HelpName = string.Join('|', Enum.GetNames<ContentionSort>()).ToLowerInvariant(),
        Description = "What comes first: the most contended, the oldest wait, the deepest queue, the longest hold, the most rows or intents a "
            + "second, the most conflicts, …",
    };

    private readonly Option<int> _limit = new("--limit") { Description = "The most tables to show.", DefaultValueFactory = static _ => 20 };
    private readonly Option<string> _interval = new("--interval")
    {
        Description = "How often to look, such as 2s.",
        DefaultValueFactory = static _ => "2s"
    };

    public TopCommand(CommandContext context)
        : base("top", "Show who holds each table and who waits, live until Ctrl+C. Redirected, it prints one table; with --json, one snapshot at "
            + "once, without rates.", context)
    {
        foreach (var option in new Option[] { _url, _sort, _limit, _interval }) Options.Add(option);
        _limit.Validators.Add(result =>
        {
            if (result.GetValue(_limit) < 1) result.AddError("--limit takes 1 or more.");
        });
        _interval.Validators.Add(result =>
        {
            if (Duration.Parse(result.GetValue(_interval) ?? "") is not { } t || t < ShortestInterval || t > LongestInterval)
                result.AddError("--interval takes 0.2s to 1h, as in 2s.");
        });
        _url.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValue(_url), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                result.AddError("--url takes an address such as http://127.0.0.1:8080.");
        });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "client-host top",
        "client-host top --sort rows --limit 5 --interval 10s --url http://127.0.0.1:8080",
        "client-host top --json",
    ];

    private bool IsTerminal => ReferenceEquals(Context.Output, Console.Out) && !Console.IsOutputRedirected;

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var url = new Uri(arguments.GetRequiredValue(_url));
        var (sort, limit) = (arguments.GetValue(_sort), arguments.GetValue(_limit));
        var interval = Duration.Parse(arguments.GetRequiredValue(_interval))!.Value;
        var console = output.Terminal();
        using var api = new ContentionApi(url, TimeProvider.System);
        try
        {
            var first = await api.ReadAsync(cancellationToken);
            if (output.IsJson)
                output.Answer(new
                {
                    url,
                    first.At,
                    Sort = sort,
                    Tables = ContentionRanking.Of(first, null, sort, limit)
                        .Select(static row => row.Figures)
                }, []);
            else if (IsTerminal) await console.Live(Picture(first, null)).StartAsync(live => WatchAsync(live, first));
            else console.Write(Picture(await NextAsync(), first));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C ends the command.
        }

        return ExitCode.Done;

        Table Picture(ContentionSnapshot now, ContentionSnapshot? before) =>
            ContentionTable.Of(ContentionRanking.Of(now, before, sort, limit), now, url, sort, console.Profile.Width);

        async Task<ContentionSnapshot> NextAsync()
        {
            await Task.Delay(interval, TimeProvider.System, cancellationToken);
            return await api.ReadAsync(cancellationToken);
        }

        async Task WatchAsync(LiveDisplayContext live, ContentionSnapshot before)
        {
            live.Refresh();
            while (true)
            {
                var now = await NextAsync();
                live.UpdateTarget(Picture(now, before));
                before = now;
            }
        }
    }
}
