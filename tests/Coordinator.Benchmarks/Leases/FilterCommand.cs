using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Coordinator.Locking;
using Microsoft.Extensions.DependencyInjection;

namespace Coordinator.Benchmarks.Leases;

/// <summary><c>filter</c>: what the ghetto lock adds to a call into an activation that holds it.</summary>
internal static class FilterCommand
{
    private const int Calls = 2_000_000;
    private const int Rounds = 11;

    public static Command Create()
    {
        var command = new Command("filter", "The call filter's fast path against the same call without it.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task RunAsync()
    {
        await using var silo = await LockedSilo.StartAsync();
        await silo.TouchAsync(0);
        var filter = new GhettoLockFilter();
        var call = new StubCall(silo.Services.GetRequiredService<LockedContexts>().Last);
        var without = new List<double>();
        var with = new List<double>();
        var bytes = 0L;
        for (var i = 0; i < Rounds; i++)
        {
            without.Add(Measure(call, static (c, _) => c.Invoke(), filter, out _));
            with.Add(Measure(call, static (c, f) => f.Invoke(c), filter, out bytes));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"without the filter {Median(without):0.0} ns, with it {Median(with):0.0} ns a call (medians of {Rounds} rounds of {Calls:N0}); "
                + $"{(double)bytes / Calls:0.##} bytes a call"));
    }

    private static double Measure(StubCall call, Func<StubCall, GhettoLockFilter, Task> invoke, GhettoLockFilter filter, out long bytes)
    {
        bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            if (!invoke(call, filter).IsCompletedSuccessfully) throw new InvalidOperationException("The lease is not held.");
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return elapsed.TotalNanoseconds / Calls;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>A call to a real activation that does nothing once the filter admits it.</summary>
    private sealed class StubCall(IGrainContext target) : IIncomingGrainCallContext
    {
        public IGrainContext TargetContext => target;

        public object Grain => target.GrainInstance!;

        public GrainId? SourceId => null;

        public GrainId TargetId => target.GrainId;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => nameof(ILockedGrain);

        public string MethodName => nameof(ILockedGrain.TouchAsync);

        public MethodInfo InterfaceMethod => throw new NotSupportedException("The fast path asks for no reflection.");

        public MethodInfo ImplementationMethod => throw new NotSupportedException("The fast path asks for no reflection.");

        public Orleans.Serialization.Invocation.IInvokable Request => throw new NotSupportedException("The fast path looks at no request.");

        public object? Result { get; set; }

        public Orleans.Serialization.Invocation.Response? Response { get; set; }

        public Task Invoke() => Task.CompletedTask;
    }
}
