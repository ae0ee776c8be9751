using Coordinator.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Coordinator.Hosting;

/// <summary>Answers what is still under way shortly before the host ends, so that callers learn to come back instead of losing their
/// connection.</summary>
public static class TimelyEnd
{
    /// <summary>How long before the host's end its callers are answered.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Cancels the requests that last until shortly before <see cref="HostOptions.ShutdownTimeout"/> is over, and throws a
    /// <see cref="CoordinatorException"/> in their place, for the exception handler before it.</summary>
    public static IApplicationBuilder UseTimelyEnd(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var time = app.Services.GetRequiredService<TimeProvider>();
        var patience = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout - Margin;
        var late = new CancellationTokenSource();
        app.Lifetime.ApplicationStopping.Register(() => _ = EndAsync());
        return app.Use(async (context, next) =>
        {
            var aborted = context.RequestAborted;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted, late.Token);
            context.RequestAborted = end.Token;
            try
            {
                await next(context);
            }
            catch (OperationCanceledException e) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
            {
                throw new CoordinatorException(
                    "This host ends. The write goes on without it, and may or may not be committed. Send the request again, with the same "
                        + "Idempotency-Key: it is written once.",
                    RetryAfter,
                    e);
            }
            finally
            {
                context.RequestAborted = aborted;
            }
        });

        async Task EndAsync()
        {
            if (patience > TimeSpan.Zero) await Task.Delay(patience, time);
            await late.CancelAsync();
        }
    }
}
