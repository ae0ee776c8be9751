using System.Globalization;
using Coordinator.Laboratory.Soak.Callers;
using Coordinator.Laboratory.Soak.Sampling;
using Coordinator.Simulation.Histories;
using Coordinator.Simulation.Trends;

namespace Coordinator.Laboratory.Soak;

/// <summary>One run: a paced load on real processes, samples of all of them, and the judgement.</summary>
internal sealed class SoakRun(SoakSettings settings, Action<string> report)
{
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = TimeProvider.System;

    public async Task<SoakReport> RunAsync(CancellationToken ct)
    {
        report("PostgreSQL, memcached, two silos, client-host and callers are started");
        await using var stage = await SoakStage.StartAsync(settings, ct);
        using var sampler = new Sampler(stage.Hosts, stage.Cluster.Memcached, stage.Cluster.Postgres, stage.Cluster.Evidence, _clock);
        var began = _clock.GetTimestamp();
        var cpu = await LoadAsync(stage, sampler, ct);
        var length = _clock.GetElapsedTime(began);
        var progress = await stage.StopCallersAsync(ct);
        report("tables and ledgers are read");
        var ended = stage.Hosts.Where(static host => ProcessFiles.Read(host.Pid) is null)
            .Select(static host => new Finding(FindingKind.Trouble, $"{host.Name} has ended"));
        IReadOnlyList<Finding> findings = [.. ended, .. await ValuesCheck.FindAsync(stage, settings.TableNames, ct)];
        if (settings.Logs is { } folder)
        {
            await stage.WriteLogsAsync(folder);
            await File.WriteAllLinesAsync(Path.Combine(folder, "samples.csv"), sampler.Series.Lines(), ct);
        }

        return new SoakReport(length.TotalSeconds, cpu, progress, sampler.Series.Judge(length), findings);
    }

    /// <summary>Paces and samples until the end, and returns the share of the processors that was used after the first quarter.</summary>
    private async Task<double> LoadAsync(SoakStage stage, Sampler sampler, CancellationToken ct)
    {
        var control = new PaceControl(settings.Cpu);
        var began = _clock.GetTimestamp();
        var (lastAt, lastCpu) = (began, sampler.CpuSeconds());
        var (warmAt, warmCpu, reportedAt, reportedCpu, collectedAt) = (began, lastCpu, began, lastCpu, began);
        while (_clock.GetElapsedTime(began) < settings.Length)
        {
            await Task.Delay(settings.Period, _clock, ct);
            var (at, cpu) = (_clock.GetTimestamp(), sampler.CpuSeconds());
            control.Measured(Share(lastAt, lastCpu, at, cpu));
            (lastAt, lastCpu) = (at, cpu);
            await stage.SetRateAsync(control.Rate, ct);
            await sampler.SampleAsync(ct);
            if (_clock.GetElapsedTime(collectedAt, at) >= settings.HeapPeriod)
            {
                collectedAt = at;
                await sampler.SampleHeapsAsync(ct);
            }

            var passed = _clock.GetElapsedTime(began, at);
            if (passed < settings.Length / 4) (warmAt, warmCpu) = (at, cpu);
            if (_clock.GetElapsedTime(reportedAt, at) < ReportPeriod) continue;
            ReportProgress(await stage.ProgressAsync(ct), control.Rate, Share(reportedAt, reportedCpu, at, cpu), passed, sampler.Series);
            (reportedAt, reportedCpu) = (at, cpu);
        }

        return Share(warmAt, warmCpu, lastAt, lastCpu);
    }

    private double Share(long from, double cpuFrom, long to, double cpuTo) =>
        (cpuTo - cpuFrom) / (_clock.GetElapsedTime(from, to).TotalSeconds * Environment.ProcessorCount);

    private void ReportProgress(CallersProgress callers, double rate, double cpu, TimeSpan passed, SampleSeries series)
    {
        var memory = string.Join(", ", series.Latest(Measure.Memory).Select(static m =>
            string.Create(CultureInfo.InvariantCulture, $"{m.Process} {m.Value:0} MB")));
        var left = settings.Length > passed ? settings.Length - passed : TimeSpan.Zero;
        report(string.Create(CultureInfo.InvariantCulture, $@"{left:hh\:mm\:ss} left: {callers.Calls:N0} calls, {rate:0}/s from now on, {cpu:P0} of "
            + $"the processors, {callers.Troubles.Count} troubles; {memory}"));
    }
}
