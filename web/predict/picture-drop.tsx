// Where a picture comes in: dropped, pasted, or chosen with a button that the keyboard reaches too.
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { fileOf } from './read-picture.js'

interface PictureDropProps {
  /** Address of the picture that is shown; null: none so far. */
  shown: string | null
  onPicture: (file: File) => void
}

export function PictureDrop({ shown, onPicture }: PictureDropProps) {
  const [over, setOver] = useState(false)
  const take = useRef(onPicture)
  take.current = onPicture
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = fileOf(event.clipboardData)
      if (!file) return
      event.preventDefault()
      take.current(file)
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = fileOf(event.dataTransfer)
    if (file) onPicture(file)
  }
  return (
    <div
      className={`picture-drop${over ? ' picture-drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {shown && <img src={shown} alt="The picture that you gave" />}
      <p className="picture-words">
        <label className={shown ? 'button button-quiet' : 'button'}>
          {shown ? 'Another picture' : 'Choose a picture'}
          <input
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) onPicture(file)
              // The same file may be chosen again.
              event.target.value = ''
            }}
          />
        </label>
        <span className="quiet">or drop one here, or paste it</span>
      </p>
    </div>
  )
}
