using System.Net;
using Coordinator.Errors;
using Coordinator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Coordinator.Tests.Hosting;

/// <summary>A host that ends answers the requests that outlast its patience.</summary>
public sealed class TimelyEndTests : IAsyncLifetime, IDisposable
{
    private readonly CountingClock _clock = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock).AddRoutingCore();
        _app = builder.Build();
        _app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync });
        _app.UseTimelyEnd();
        _app.MapGet("/", async (HttpContext context) =>
        {
            _arrived.SetResult();
            await _work.Task.WaitAsync(context.RequestAborted);
            return "done";
        });
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_request_that_lasts_is_told_to_come_back_before_the_host_has_ended()
    {
        var answer = _http.GetAsync("/");
        await _arrived.Task;
        var end = _app.StopAsync();
        await TestServers.Eventually.TrueAsync("the host waits for its requests", () => _clock.Timers > 0);
        _clock.Advance(TimeSpan.FromSeconds(24));
        Assert.False(answer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), ((await answer).StatusCode, (await answer).Headers.RetryAfter?.ToString()));
        await end;
    }

    [Fact]
    public async Task A_request_that_is_done_in_time_has_its_own_answer()
    {
        var answer = _http.GetAsync("/");
        await _arrived.Task;
        var end = _app.StopAsync();
        await TestServers.Eventually.TrueAsync("the host waits for its requests", () => _clock.Timers > 0);
        _work.SetResult();
        Assert.Equal("done", await (await answer).Content.ReadAsStringAsync());
        await end;
    }

    private static Task AnswerAsync(HttpContext context)
    {
        var failure = (CoordinatorException)context.Features.Get<IExceptionHandlerFeature>()!.Error;
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = failure.RetryAfter.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
