using Microsoft.AspNetCore.Components;

namespace Coordinator.Dashboard.Live;

/// <summary>A page of figures that are refreshed periodically. If a refresh fails, the last figures stay, and <see cref="Failure"/> has the
/// reason.</summary>
public abstract class LivePage<T> : ComponentBase, IDisposable
    where T : class
{
    private long _readAt;
    private int _question;

    [Inject]
    public Refresher Refresher { get; set; } = null!;

    [Inject]
    public SharedReader Reader { get; set; } = null!;

    [Inject]
    public TimeProvider Clock { get; set; } = null!;

    /// <summary>The last figures; null before the first.</summary>
    protected T? Figures { get; private set; }

    /// <summary>True once a refresh has ended, successfully or not.</summary>
    protected bool HasRead { get; private set; }

    /// <summary>The reason why the last refresh failed; null if it succeeded.</summary>
    protected string? Failure { get; private set; }

    /// <summary>The age of <see cref="Figures"/>.</summary>
    protected TimeSpan Age => Clock.GetElapsedTime(_readAt);

    public void Dispose()
    {
        Refresher.Hide(RefreshAsync);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads the figures from the silos.</summary>
    protected abstract Task<T?> ReadAsync();

    /// <summary>Processes new figures before they are drawn.</summary>
    protected virtual void OnRead(T figures)
    {
    }

    protected override Task OnParametersSetAsync() => ReadOnceAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) await Refresher.ShowAsync(RefreshAsync);
    }

    /// <summary>Discards the figures, and the result of a read under way, because the page now needs others.</summary>
    protected void Forget()
    {
        _question++;
        (Figures, HasRead, Failure) = (null, false, null);
    }

    /// <summary>Reads now and draws.</summary>
    protected Task RefreshAsync() => InvokeAsync(async () =>
    {
        await ReadOnceAsync();
        StateHasChanged();
    });

    private async Task ReadOnceAsync()
    {
        var question = _question;
        try
        {
            var figures = await ReadAsync();
            if (question != _question) return;
            Figures = figures;
            _readAt = Clock.GetTimestamp();
            Failure = null;
            if (Figures is not null) OnRead(Figures);
        }
#pragma warning disable CA1031 // Any failure is shown, and the next refresh tries again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (question != _question) return;
            Failure = failure.Message;
        }

        HasRead = true;
    }
}
