using System.Collections.Concurrent;
using System.Diagnostics;

namespace Coordinator.TestServers;

/// <summary>A child process: its output is kept, it can be signalled, and it ends with its owner.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int LinesKept = 20_000;

    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<int, Process> Alive = new();

    private readonly Process _process;
    private readonly OutputBuffer _output;
    private readonly string _stopSignal;

    // A test run that ends in the middle of a test leaves no server running.
    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Alive.Values) KillQuietly(process);
    };

    private ChildProcess(Process process, OutputBuffer output, string stopSignal)
    {
        _process = process;
        _output = output;
        _stopSignal = stopSignal;
        Id = process.Id;
    }

    public int Id { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The latest 20,000 lines of both streams.</summary>
    public string Output => _output.Text();

    /// <summary>Standard output alone, of the lines that are kept.</summary>
    public string StandardOutput => _output.Text(error: false);

    /// <summary>Standard error alone, of the lines that are kept.</summary>
    public string StandardError => _output.Text(error: true);

    /// <summary>Starts a program with nothing on its standard input but <paramref name="input"/>.</summary>
    /// <param name="fileName">A path, or a name found in PATH.</param>
    /// <param name="arguments">Passed one by one, without a shell.</param>
    /// <param name="environment">Added to this process' environment; null as value removes.</param>
    /// <param name="workingDirectory">The default is this process' own.</param>
    /// <param name="stopSignal">The signal of a graceful stop; the process is killed after 20 s.</param>
    /// <param name="input">Written to its standard input, which is then closed.</param>
    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        string? workingDirectory = null,
        string stopSignal = "TERM",
        string? input = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        var output = new OutputBuffer(LinesKept);
        process.OutputDataReceived += (_, line) => Add(error: false, line.Data);
        process.ErrorDataReceived += (_, line) => Add(error: true, line.Data);
        process.Start();
        Alive[process.Id] = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var child = new ChildProcess(process, output, stopSignal);
        _ = FeedAsync(process, input);
        return child;

        void Add(bool error, string? text)
        {
            if (text is not null) output.Add(error, text);
        }
    }

    /// <summary>Runs a program to its end. It must exit with 0.</summary>
    public static async Task<string> RunAsync(string fileName, IEnumerable<string> arguments, CancellationToken ct = default)
    {
        await using var child = Start(fileName, arguments);
        var code = await child.WaitForExitAsync(TimeSpan.FromMinutes(2), ct);
        return code == 0 ? child.StandardOutput : throw new InvalidOperationException($"{fileName} exited with {code}:\n{child.Output}");
    }

    /// <summary>The first line of either stream, past or to come, that matches.</summary>
    /// <exception cref="TimeoutException">No such line before the deadline (30 s).</exception>
    /// <exception cref="InvalidOperationException">The process ended without such a line.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> match, TimeSpan? deadline = null, CancellationToken ct = default)
    {
        var found = _output.FindAsync(match);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(deadline ?? Eventually.DefaultDeadline);
        try
        {
            await Task.WhenAny(found, _process.WaitForExitAsync(over.Token)).WaitAsync(over.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
        }
        ct.ThrowIfCancellationRequested();
        if (found.IsCompletedSuccessfully) return await found;
        if (HasExited) throw new InvalidOperationException($"{Name} exited with {ExitCode} before the awaited line:\n{Output}");
        throw new TimeoutException($"{Name} did not write the awaited line in time:\n{Output}");
    }

    /// <summary>Returns when <paramref name="condition"/> holds while the process runs.</summary>
    /// <exception cref="TimeoutException">The condition did not hold before the deadline (30 s).</exception>
    /// <exception cref="InvalidOperationException">The process ended first.</exception>
    public async Task WaitUntilAsync(
        string what, Func<CancellationToken, Task<bool>> condition, TimeSpan? deadline = null, CancellationToken ct = default)
    {
        try
        {
            await Eventually.TrueAsync(what, async token => HasExited || await condition(token), deadline, ct);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{Name}: {e.Message}\n{Output}", e);
        }
        if (HasExited) throw new InvalidOperationException($"{Name} exited with {ExitCode} before: {what}\n{Output}");
    }

    /// <summary>The exit code, once the process ended and all its output was read.</summary>
    /// <exception cref="TimeoutException">It did not end before the deadline (30 s).</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? deadline = null, CancellationToken ct = default)
    {
        var limit = deadline ?? Eventually.DefaultDeadline;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name} did not exit within {limit.TotalSeconds:0.#} s:\n{Output}");
        }
        return ExitCode;
    }

    /// <summary>Sends a signal by its name without SIG: STOP, CONT, TERM, INT, KILL.</summary>
    public async Task SignalAsync(string signal)
    {
        if (HasExited) return;
        // The process may end at this moment. The error of kill is not worth printing then.
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Id} 2> /dev/null"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks the process to end, and kills it if it does not. Does nothing if it has ended.</summary>
    public async Task StopAsync()
    {
        await SignalAsync(_stopSignal);
        await SignalAsync("CONT");
        try
        {
            await WaitForExitAsync(GracePeriod);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>Kills the process.</summary>
    public async Task KillAsync()
    {
        KillQuietly(_process);
        await WaitForExitAsync(GracePeriod);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Alive.TryRemove(Id, out _);
        _process.Dispose();
    }

    private string Name => $"{Path.GetFileName(_process.StartInfo.FileName)} ({Id})";

    private static async Task FeedAsync(Process process, string? input)
    {
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended or closed its input without reading all of it. The exit code shows whether that is an error.
        }
    }

    private static void KillQuietly(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }
}
