using Microsoft.JSInterop;

namespace Coordinator.Dashboard.Live;

/// <summary>Refreshes the visible page once a second, one refresh after the other, unless it is hidden or paused.</summary>
public sealed class Refresher(TimeProvider clock, IJSRuntime script) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly PeriodicTimer _timer = new(Period, clock);
    private DotNetObjectReference<Refresher>? _self;
    private Func<Task>? _refresh;
    private bool _isVisible = true;

    /// <summary>Raised when <see cref="IsPaused"/> changes.</summary>
    public event Action? PauseChanged;

    /// <summary>True while the reader has paused the refreshes.</summary>
    public bool IsPaused
    {
        get;
        set
        {
            field = value;
            PauseChanged?.Invoke();
        }
    }

    /// <summary>Calls <paramref name="refresh"/> from now on, instead of the previous callback.</summary>
    public async Task ShowAsync(Func<Task> refresh)
    {
        _refresh = refresh;
        if (_self is not null) return;
        _self = DotNetObjectReference.Create(this);
        _ = RunAsync();
        await script.InvokeVoidAsync("contentionPage.watchVisibility", _self);
    }

    /// <summary>Stops the calls of <paramref name="refresh"/>.</summary>
    public void Hide(Func<Task> refresh)
    {
        if (_refresh == refresh) _refresh = null;
    }

    /// <summary>Called by the browser when its tab becomes visible or hidden.</summary>
    [JSInvokable]
    public void SetVisible(bool isVisible) => _isVisible = isVisible;

    public ValueTask DisposeAsync()
    {
        _timer.Dispose();
        _self?.Dispose();
        return default;
    }

    private async Task RunAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            if (_isVisible && !IsPaused && _refresh is { } refresh) await refresh();
        }
    }
}
